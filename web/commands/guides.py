"""A guide from a file, ready to walk or draw."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click

from engine.compiler import compile_guides, reachable
from engine.graph import GuideGraph
from engine.model import Guide
from engine.problems import Severity
from web.commands import files
from web.commands.arguments import today


class Loaded(NamedTuple):
    """A guide's graph, and the guides that a walk of it needs by id, itself among them."""

    graph: GuideGraph
    guides: Mapping[str, Guide]


def load(path: Path, folder: Path | None = None) -> Loaded:
    """The guide in this file; those that it calls are read from beside it, or from `folder`.

    Where it has errors they are told, and the command exits with 1. Raises `UnreadableFileError`.
    """
    texts = files.with_called({str(path): files.read(path)}, folder)
    compiled = compile_guides(texts, today(), files.catalogs(texts), files.images(texts))
    graph = compiled.graphs.get(path.stem)
    if graph is None:
        for problem in compiled.problems:
            if problem.severity is Severity.ERROR:
                click.echo(str(problem), err=True)
        click.echo(f"{path} cannot be used before these errors are mended.", err=True)
        raise click.exceptions.Exit(1)
    return Loaded(graph, reachable(graph.guide, compiled.guides))
