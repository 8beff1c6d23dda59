"""An analyst's corrections: where the agreed result differs from what she recorded, and why; also as a page."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from annotator.domain.annotators import Annotator
from annotator.domain.claims import Claim
from annotator.domain.corrections import Correction, Reviewed
from annotator.domain.ids import AnnotatorId
from annotator.domain.mentions import Mention
from annotator.domain.zones import Zone
from annotator.formats.files import whole_file
from annotator.services.workspace import Workspace

__all__ = ["Correction", "corrections", "page", "save_page"]

_MOST = 5_000
"""Decisions that are looked at: the latest."""


def corrections(workspace: Workspace, annotator: AnnotatorId) -> Iterator[Correction]:
    """Her corrections, the latest first."""
    records = workspace.records
    names = {one.id: one.name for one in records.annotators()}
    for decision in records.decisions_for(annotator, _MOST):
        about = [record for id_ in decision.about if (record := _find(workspace, id_)) is not None]
        own = next((record for record in about if record.author == annotator), None)
        agreed = _find(workspace, decision.result) if decision.result else None
        if own is None and agreed is None:
            continue
        found = Correction(
            records.article(decision.article),
            own,
            agreed,
            names.get(decision.author, "somebody"),
            decision.created,
            decision.reason,
            decision.note,
        )
        if found.is_one:
            yield found


def _find(workspace: Workspace, id_: str) -> Reviewed | None:
    kinds: tuple[type[Mention] | type[Claim] | type[Zone], ...] = (Mention, Claim, Zone)
    return next((record for kind in kinds if (record := workspace.records.find(kind, id_)) is not None), None)


def said(correction: Correction, record: Reviewed | None) -> str:
    """A record in words: what it quotes, and the fields that are corrected."""
    if record is None:
        return "–"
    words = record.kind if isinstance(record, Zone) else f"“{record.quote}”"
    label = f"{record.label} " if isinstance(record, Mention) else ""
    facts = [
        f"{name.replace('_', ' ')}: {value}"
        for name in correction.fields
        if name not in {"quote", "spans", "content", "label", "kind", "span"}
        and (value := getattr(record, name)) not in ("", (), None)
        and isinstance(value, str)
    ]
    return f"{label}{words}" + (f" ({', '.join(facts)})" if facts else "")


def page(workspace: Workspace, person: Annotator, found: list[Correction]) -> str:
    """Her corrections as a page of HTML that needs nothing else."""
    rows = []
    article = ""
    for one in sorted(found, key=lambda correction: (correction.article.title, correction.article.id)):
        if one.article.id != article:
            article = one.article.id
            rows.append(f'<tr><th colspan="4" scope="colgroup">{escape(one.article.title)}</th></tr>')
        why = ": ".join(part for part in (one.reason, one.note) if part)
        cells = (said(one, one.own), said(one, one.agreed), why, f"{one.reviewer}, {one.at[:10]}")
        rows.append(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>")
    title = escape(f"Corrections for {person.name} – {workspace.records.project().name}")
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n<style>\n{_STYLE}'
        f"</style>\n</head>\n<body>\n<h1>{title}</h1>\n<table>\n<thead><tr><td>Recorded</td><td>Agreed</td><td>Why</td>"
        f"<td>Who decided</td></tr></thead>\n<tbody>\n{chr(10).join(rows)}\n</tbody>\n</table>\n</body>\n</html>\n"
    )


_STYLE = """body { font: 11pt/1.45 sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #1d2127; }
h1 { font-size: 1.3rem; } table { border-collapse: collapse; width: 100%; }
td, th { padding: .35rem .5rem; text-align: start; vertical-align: top; border-top: 1px solid #d5d3ce; }
thead td { color: #5d6570; border: 0; } th { padding-top: 1.1rem; }
@media print { body { margin: 0; max-width: none; font-size: 9.5pt; } tr { break-inside: avoid; } }
"""


def save_page(workspace: Workspace, person: Annotator, found: list[Correction], target: Path) -> None:
    """Writes the page. Raises FormatError when it cannot be written."""
    with whole_file(target) as file:
        file.write(page(workspace, person, found))
