"""Limits that a child process sets on itself before it works on what people wrote."""

import resource
import signal
import sys


def limit(seconds: int, megabytes: int) -> None:
    """End this process after so many seconds, by the clock or at work; and where it takes more memory."""
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS cannot limit address space; time is limited there too
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
