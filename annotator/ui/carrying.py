"""Carrying annotations over from another version of the article that is shown: worked out first, done when wished."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from PySide6.QtWidgets import QWidget

from annotator.domain.articles import Article
from annotator.editing.carrying import Left, Moved, work_out
from annotator.editing.carrying import carry_over as carry
from annotator.errors import AnnotatorError
from annotator.ui.desk import Desk
from annotator.ui.jobs import BUSY, Job
from annotator.ui.widgets.plain import tell

_MOST_VERSIONS = 100
_AT_ONCE = 200
_TITLE = "Carry over"
Worked = list[Moved | Left]


def carry_over(desk: Desk, window: QWidget) -> None:
    """Asks which other version is meant, shows what has a certain place in this one, and carries it over."""
    from annotator.ui.dialogs.carrying import CarryOverDialog

    assert desk.focus.article is not None
    article = desk.workspace.records.article(desk.focus.article)
    versions = desk.workspace.records.other_versions(article, _MOST_VERSIONS)
    if not versions:
        desk.notices.refused.emit(
            "No other article has this one’s title or address. Give both the same address in their details first."
        )
        return
    dialog = CarryOverDialog(desk, article, versions, window)
    dialog.chosen.connect(lambda version: _work_out(desk, dialog, version, article))

    def go() -> None:
        done = desk.do(carry, dialog.version, article, tuple(dialog.moved))
        if done is not None:
            count = int(done.subject[0])
            left = len(dialog.left)
            words = f"{count:,} annotation{'' if count == 1 else 's'} carried over"
            desk.notices.said.emit(f"{words}, {left:,} left behind." if left else f"{words}.")

    dialog.accepted.connect(go)
    dialog.open()
    dialog.choose()


def _work_out(desk: Desk, dialog: Any, version: Article, article: Article) -> None:
    records = desk.workspace.records
    try:
        annotations = records.annotations_in(version.id)
        before, after = records.text(version.id), records.text(article.id)
    except AnnotatorError as error:
        dialog.reject()
        tell(dialog.parentWidget(), _TITLE, str(error))
        return

    def steps() -> Iterator[tuple[int, int, Worked]]:
        found, done = work_out(before, after, annotations), 0
        while batch := list(islice(found, _AT_ONCE)):
            done += len(batch)
            yield done, len(annotations), batch

    dialog.expect(len(annotations))
    job: Job[Worked] = Job("Looking for the same words", steps, dialog.take)
    job.progressed.connect(dialog.show_progress)
    job.ended.connect(dialog.show_all)
    dialog.rejected.connect(job.cancel)
    if not desk.jobs.run(job):
        dialog.reject()
        desk.notices.refused.emit(BUSY)
