"""The claims window on 100,000 claims: first rows, the longest stall of the window's thread in each order, memory.

The floor is reading the same rows with raw sqlite3 in one go. A stall is the time between two turns of the event loop.
"""

import gc
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.domain.claim_lists import ClaimOrder
from annotator.domain.ids import uuid7
from annotator.domain.queue import QueueFilter
from annotator.editing.importing import NewArticle
from annotator.services.projects import new_project
from annotator.ui.claims_window import ClaimsWindow
from annotator.ui.main_window import MainWindow
from tests.benchmarks.making import WHO, text_of, window_on
from tests.benchmarks.measuring import peak_megabytes, seconds, show

CLAIMS, ARTICLES, ENTITIES = 100_000, 1_000, 5_000
LONGEST = 0.05
"""Seconds that the window's thread may be held."""
_NOW = "2026-11-25T00:00:00.000Z"
_ROWS = (
    "SELECT c.id, c.quote, c.wording, c.stance, c.event_earliest, a.title, e.name, p.name, q.best FROM claim c "
    "JOIN article a ON a.id = c.article_id LEFT JOIN claim_source s ON s.claim_id = c.id AND s.number = 0 "
    "LEFT JOIN entity e ON e.id = s.entity_id LEFT JOIN entity p ON p.id = c.place_id "
    "LEFT JOIN claim_quantity q ON q.claim_id = c.id AND q.number = 0"
)


def main() -> None:
    """Opens the table, sorts it in each order, then looks at the other pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = new_project(folder / "benchmark.annot", WHO)
        text = text_of(4_000)
        articles = [NewArticle(f"{text} {number}", f"Article {number}") for number in range(ARTICLES)]
        workspace.bring_in(articles, "")
        fill(workspace.records.path, workspace.records.queue(QueueFilter(), WHO.id), text)
        floor = min(seconds(lambda: raw(workspace.records.path)) for _ in range(3))
        window = window_on(workspace, folder)
        gc.freeze()  # as the program does when its window is there
        before = peak_megabytes()
        measure(window, floor)
        print(f"memory: {peak_megabytes() - before:.0f} MB more at the peak")
        window.close()


def measure(window: MainWindow, floor: float) -> None:
    """Prints the rows."""
    whole, stall = until_read(window, lambda: window.controls.show_claims("claims"))
    page = window.findChild(ClaimsWindow)
    assert page is not None
    assert page.claims.model.rowCount() == CLAIMS
    show("open, until the first rows show / raw rows", whole, floor, 5.0)
    show("  longest stall / 50 ms", stall, LONGEST, 1.0)
    for order in ClaimOrder:
        whole, stall = until_read(window, lambda order=order: page.claims.sort_by(order))  # type: ignore[misc]
        show(f"by {order} / raw rows", whole, floor, 5.0)
        show("  longest stall / 50 ms", stall, LONGEST, 1.0)
    for tab in ("accounts", "problems"):
        whole, stall = until_read(window, lambda tab=tab: page.open_at(tab))  # type: ignore[misc]
        show(f"{tab} / raw rows", whole, floor, 5.0)
        show("  longest stall / 50 ms", stall, LONGEST, 1.0)


def until_read(window: MainWindow, act: Callable[[], object]) -> tuple[float, float]:
    """Seconds until nothing is read any more and all is painted, and the longest turn of the event loop on the way."""
    jobs = window.controls.desk.jobs
    begun = last = time.perf_counter()
    longest = 0.0
    act()
    turns = 0
    while turns < 5:  # painting follows
        QApplication.processEvents()
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        turns = turns + 1 if jobs.current is None else 0
    return last - begun, longest


def raw(path: Path) -> None:
    """Reads what the table needs of all rows."""
    connection = sqlite3.connect(path)
    connection.execute(_ROWS).fetchall()
    connection.close()


def fill(path: Path, articles: object, text: str) -> None:
    """Claims spread evenly over the articles, each with a source, a place and a number; some linked, some faulty."""
    ids = list(map(str, articles))  # type: ignore[call-overload]
    connection = sqlite3.connect(path)
    entities = [uuid7(1_790_000_000_000 + number, 0) for number in range(ENTITIES)]
    connection.executemany(
        "INSERT INTO entity (id, kind, name, description, author_id, created, changed) VALUES (?, ?, ?, '', ?, ?, ?)",
        [
            (id_, "place" if n % 2 else "person", f"Name {n * 7919 % ENTITIES}", WHO.id, _NOW, _NOW)
            for n, id_ in enumerate(entities)
        ],
    )
    claims = [uuid7(1_795_000_000_000 + number, 0) for number in range(CLAIMS)]
    per_article = CLAIMS // ARTICLES
    connection.executemany(
        'INSERT INTO claim (id, article_id, start, "end", content, quote, cue, cue_quote, source_type, manner, act, '
        "stance, certainty, medium, wording, unsure, note, author_id, created, changed, place_id, place_relation, "
        "event_type, event_words, event_earliest, event_latest) VALUES (?, ?, ?, ?, '', ?, '', '', 'named', "
        "'indirect', 'states', ?, 'certain', '', ?, 0, '', ?, ?, ?, ?, 'in', 'ASSAULT', 'then', ?, ?)",
        [_claim(n, id_, ids[n // per_article], text, entities, n % per_article) for n, id_ in enumerate(claims)],
    )
    connection.executemany(
        "INSERT INTO claim_source (claim_id, number, entity_id, spans, quote) VALUES (?, 0, ?, '', 'Name')",
        [(id_, entities[n * 31 % ENTITIES]) for n, id_ in enumerate(claims) if n % 50],
    )
    connection.executemany(
        "INSERT INTO claim_quantity (claim_id, number, what, words, spans, best) "
        "VALUES (?, 0, 'killed', 'many', '', ?)",
        [(id_, n * 7 % 500 if n % 3 else None) for n, id_ in enumerate(claims)],
    )
    connection.executemany(
        "INSERT INTO link (id, label, from_claim_id, to_claim_id, since, until, note, author_id, created, changed) "
        "VALUES (?, ?, ?, ?, '', '', '', ?, ?, ?)",
        [
            (
                uuid7(1_799_000_000_000 + n, 0),
                "contradicts" if n % 4 else "same event",
                claims[n * 9],
                claims[n * 9 + 5],
                WHO.id,
                _NOW,
                _NOW,
            )
            for n in range(CLAIMS // 10)
        ],
    )
    connection.commit()
    connection.close()


def _claim(n: int, id_: str, article: str, text: str, entities: list[str], at: int) -> tuple[object, ...]:
    start = 20 + at * 30
    day = f"20{n % 30:02d}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
    stance = ("affirms", "denies", "doubts")[n % 3]
    wording = f"Wording {n * 7919 % CLAIMS}" if n % 2 else ""
    place = entities[n * 17 % ENTITIES // 2 * 2 + 1]
    return (
        id_,
        article,
        start,
        start + 25,
        text[start : start + 25],
        stance,
        wording,
        WHO.id,
        _NOW,
        _NOW,
        place,
        day,
        day,
    )


if __name__ == "__main__":
    main()
