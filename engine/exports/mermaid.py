"""A guide's graph as a Mermaid flowchart; `handrail import --from mermaid` makes the same steps and ways of it.

Step ids are written in capitals with `_` for `-`: small ones, like `end` or `style-guide`, mean something to Mermaid.
"""

import json
from collections.abc import Iterator

from engine.exports.playbook import shown
from engine.graph import GuideGraph
from engine.model import Call, Ending, Next, Options, Step, Switch

_ENTITIES = str.maketrans(
    {"#": "#35;", "&": "#amp;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\n": "<br/>"}
)
_LOOKS = (
    "classDef start stroke-width:3px",
    "classDef success fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
    "classDef partial fill:#fff8c5,stroke:#9a6700,color:#1f2328",
    "classDef failure fill:#ffebe9,stroke:#cf222e,color:#1f2328",
    "classDef escalated fill:#fff1e5,stroke:#bc4c00,color:#1f2328",
    "classDef abandoned fill:#eaeef2,stroke:#57606a,color:#1f2328",
)


def to_mermaid(graph: GuideGraph) -> str:
    """The guide as the text of a `.mmd` file."""
    return "\n".join(["---", f"title: {json.dumps(graph.guide.title, ensure_ascii=False)}", "---", *chart(graph), ""])


def chart(graph: GuideGraph) -> Iterator[str]:
    """The lines of the flowchart, without a title: what stands in a Markdown page."""
    guide = graph.guide
    yield "flowchart TD"
    framed = set(guide.stages or {})
    steps = sorted(guide.steps.values(), key=lambda step: step.id != guide.start)
    yield from (f"  {_node(graph, step)}" for step in steps if step.id == guide.start or step.stage not in framed)
    for number, (stage, label) in enumerate((guide.stages or {}).items(), 1):
        members = [step for step in guide.steps.values() if step.stage == stage]
        if members:
            yield f'  subgraph stage_{number} ["{_quoted(label)}"]'
            for step in members:
                yield f"    {_key(step.id) if step.id == guide.start else _node(graph, step)}"
            yield "  end"
    for edge in graph.edges:
        label = f'|"{_quoted(edge.label)}"|' if edge.label.strip() else ""
        yield f"  {_key(edge.source)} -->{label} {_key(edge.target)}"
    yield from (f"  {look}" for look in (*_LOOKS, f"class {_key(guide.start)} start"))


def _node(graph: GuideGraph, step: Step) -> str:
    exit = step.exit
    words = _quoted(shown(step.name))
    if isinstance(exit, Ending):
        outcome = graph.guide.outcomes[exit.outcome]
        return f'{_key(step.id)}(["{words}"]):::{outcome.kind}'
    if isinstance(exit, Call | Switch):
        shape = f'[["{words}<br/>{_quoted(exit.guide)}"]]'
    elif isinstance(exit, Options):
        shape = f'{{"{words}"}}'
    else:
        shape = f'["{words}"]' if isinstance(exit, Next) or not step.automatic else f'{{{{"{words}"}}}}'
    return f"{_key(step.id)}{shape}"


def _key(id: str) -> str:
    return id.upper().replace("-", "_")


def _quoted(text: str) -> str:
    """The text as it stands inside double quotes, on one line of the chart."""
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n")).translate(_ENTITIES)
