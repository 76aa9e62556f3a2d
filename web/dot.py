"""Draws DOT text from stdin as a program of its own, so that limits can be set on it: run by `web.rendering`.

    python dot.py SECONDS MEGABYTES DOT -Kdot -Tsvg

DOT is the path of a Graphviz `dot` to run under the limits, or "-" for the libraries inside pygraphviz.
"""

import os
import resource
import signal
import sys

import pygraphviz


def main(arguments: list[str]) -> None:
    """Draw stdin to stdout, or end: by a signal when time is up, with words on stderr otherwise."""
    seconds, megabytes, dot, *flags = arguments
    _limit(int(seconds), int(megabytes))
    if dot != "-":
        os.execv(dot, [dot, *flags])  # noqa: S606  (limits and alarm outlive the exec)
    wanted = {flag[:2]: flag[2:] for flag in flags}
    graph = pygraphviz.AGraph(string=sys.stdin.buffer.read().decode())
    sys.stdout.buffer.write(graph.draw(format=wanted["-T"], prog=wanted["-K"]))


def _limit(seconds: int, megabytes: int) -> None:
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS cannot limit address space; time is limited there too
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


if __name__ == "__main__":
    main(sys.argv[1:])
