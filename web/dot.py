"""Draws DOT text from stdin as a program of its own, so that limits can be set on it: run by `web.rendering`.

    python dot.py SECONDS MEGABYTES DOT -Kdot -Tsvg

DOT is the path of a Graphviz `dot` to run under the limits, or "-" for the libraries inside pygraphviz.
"""

import os
import sys

import pygraphviz

from web.limits import limit


def main(arguments: list[str]) -> None:
    """Draw stdin to stdout, or end: by a signal when time is up, with words on stderr otherwise."""
    seconds, megabytes, dot, *flags = arguments
    limit(int(seconds), int(megabytes))
    if dot != "-":
        os.execv(dot, [dot, *flags])  # noqa: S606  (limits and alarm outlive the exec)
    wanted = {flag[:2]: flag[2:] for flag in flags}
    graph = pygraphviz.AGraph(string=sys.stdin.buffer.read().decode())
    sys.stdout.buffer.write(graph.draw(format=wanted["-T"], prog=wanted["-K"]))


if __name__ == "__main__":
    main(sys.argv[1:])
