"""The documents of a guide: what people get in writing (FORMAT §2.4)."""

from collections.abc import Mapping
from typing import Any

from engine.building.context import Context
from engine.model import Document
from engine.problems import Path


def documents(context: Context, data: Mapping[str, Any]) -> dict[str, Document]:
    """Every document by id; what is wrong in its texts is told."""
    return {id: _document(context, id, spec) for id, spec in data.get("documents", {}).items()}


def _document(context: Context, id: str, spec: Mapping[str, Any]) -> Document:
    path: Path = ("documents", id)
    return Document(
        id=id,
        kind=spec["kind"],
        title=spec["title"],
        path=path,
        to=context.text(spec, "to", path, markdown=False),
        subject=context.text(spec, "subject", path, markdown=False),
        body=context.text(spec, "body", path),
    )
