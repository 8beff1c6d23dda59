"""Promise 14: the program never talks to anyone, and shows foreign text as text.

One session of the real window is run in a process of its own, on a project in which every field that takes words holds
mark-up that would fetch something, addresses, or characters that do not show. What Python opens is heard by an audit
hook, what Qt and the libraries open is traced by the system.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFormLayout, QLineEdit
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.plain import PlainLabel, PlainLink, isolated, plain_label, plain_row, plain_tip
from annotator.ui.widgets.unseen import shown
from tests.promises.foreign_words import HIDING, MARK, PAYLOADS, UNSEEN
from tests.promises.release import Reached, times

STRACE = shutil.which("strace")
MANY = 50
SHOWN = (  # places of the window, and at how many payloads each has shown
    ("ArticleView(Article text) text", MANY),
    ("ArticlePage/PlainLabel", MANY),
    ("HoverCard/PlainLabel", MANY),
    ("QueuePanel", MANY),
    ("EntityPanel/Rows", MANY),
    ("ClaimPanel:QListView", MANY),
    ("Discussion:QListView", MANY),
    ("Discussion:QPlainTextEdit", MANY),
    ("ArticleForm/LineField:LineField(Title)", MANY),
    ("ArticleForm/LineField:LineField(Publisher)", MANY),
    ("ArticleForm/LineField:LineField(By-line)", MANY),
    ("MentionForm/PlainLabel", MANY),
    ("MentionForm/ChoiceField:ChoiceField(Label)", MANY),
    ("MentionForm/TextField:TextField(Note)", MANY),
    ("EntityForm/PlainLabel", MANY),
    ("EntityForm/LineField:LineField(Name)", MANY),
    ("EntityForm/LineField", MANY),
    ("ClaimForm/PlainLabel", MANY),
    ("ClaimForm/TextField:TextField(Wording)", MANY),
    ("StatusLine/OneLine", MANY),
    ("ClaimsPage:QTableView(Claims)", MANY),
    ("AccountsPage/Rows", MANY),
    ("Concordance:QPushButton() tip", MANY),
    ("Concordance:QPushButton() words", MANY),
    ("ExportDialog:QComboBox(Whose records)", MANY),
    ("KeysDialog:QTreeWidget", MANY),
    ("SchemaDialog/Outline", MANY),
    ("SchemaDialog/Overview/_Table", MANY),
    ("Suggesters:QComboBox", MANY),
    ("ReportDialog:QPlainTextEdit", MANY),
    ("Faults:QTreeWidget(Faults)", MANY),
    ("Faults:QTreeWidget(Faults) tip", MANY),
    ("MainWindow:QMessageBox", MANY),
    ("MainWindow:QInputDialog", MANY),
    ("HistoryDialog:QTableWidget", 1),
    ("ImportDialog:QPlainTextEdit(Preview)", 1),
    ("BringInDialog", MANY),
    ("HandOutDialog", MANY),
    ("StartDialog/PlainLink", 1),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the session said, and the lines of the trace, None where there is no strace."""

    said: dict[str, Any]
    trace: list[str] | None


def session(folder: Path) -> Told:
    """One session of the program, traced where that can be done."""
    log = folder / "trace.log"
    run = [sys.executable, "-m", "tests.promises.foreign_session", str(folder)]
    if STRACE is not None and _may_trace(folder):
        run = [STRACE, "-f", "--seccomp-bpf", "-qq", "-s", "400", "-e", "trace=network,openat", "-o", str(log), *run]
    home = folder / "home"
    home.mkdir()
    environment = os.environ | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0"}
    environment |= {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    where = Path(__file__).parents[2]
    done = subprocess.run(
        run, capture_output=True, text=True, env=environment, cwd=where, timeout=times(300, 3_000), check=False
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    trace = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else None
    return Told(json.loads(done.stdout), trace)


def _may_trace(folder: Path) -> bool:
    """Whether strace is allowed here and knows what it is asked; containers may forbid it."""
    run = [str(STRACE), "-f", "--seccomp-bpf", "-qq", "-e", "trace=network,openat", "-o", str(folder / "try"), "true"]
    return subprocess.run(run, capture_output=True, check=False).returncode == 0


def test_there_are_fifty_payloads() -> None:
    assert sum(MARK in words for words in PAYLOADS) >= MANY
    assert len(set(PAYLOADS)) == len(PAYLOADS)


@pytest.mark.timeout(times(400, 4_000))
def test_a_session_full_of_foreign_words_talks_to_nobody(tmp_path: Path, reached: Reached) -> None:
    told = session(tmp_path)
    assert told.said["errors"] == []
    assert len(told.said["actions"]) >= 70
    shows_payloads_everywhere(told, reached)
    shows_no_mark_up(told, reached)
    assert told.said["calls"] == []
    reached(14, "0 sockets, look-ups and followed paths heard by the audit hook")
    if told.trace is None:
        reached(14, "not traced: strace is not installed, or may not trace here")
    else:
        opens_nothing_of_a_payload(told.trace, reached)


def shows_payloads_everywhere(told: Told, reached: Reached) -> None:
    seen: dict[str, int] = told.said["seen"]
    missing = [
        f"{place}: {max((n for name, n in seen.items() if place in name), default=-1)}"
        for place, least in SHOWN
        if max((n for name, n in seen.items() if place in name), default=-1) < least
    ]
    assert missing == [], json.dumps(seen, indent=1, ensure_ascii=True)
    assert told.said["tips"] >= MANY
    many = sum(count >= MANY for count in seen.values())
    reached(14, f"{len(PAYLOADS)} payloads; {len(seen)} places showed some, {many} of them {MANY} or more")


def shows_no_mark_up(told: Told, reached: Reached) -> None:
    assert told.said["faults"] == []
    reached(14, f"0 labels, tips or boxes that guess; 0 unmarked hidden characters; {told.said['tips']} tips held over")


def opens_nothing_of_a_payload(trace: list[str], reached: Reached) -> None:
    assert any("work.annot" in line for line in trace), "the trace sees what is opened"
    opened = [line for line in trace if re.search(r"openat\(", line)]
    assert len(opened) > 500
    followed = [line for line in opened if MARK in line or re.search(r'xq8file\.png"', line) or '"//' in line]
    assert followed == []
    calls = [line for line in trace if not re.search(r"openat\(|<\.\.\. openat|exited with|\+\+\+|---", line)]
    talked = [line for line in calls if not re.search(r"AF_UNIX|AF_LOCAL|socketpair|sendfile", line)]
    assert talked == [], "no socket that leaves the machine, no name look-up"
    asked = [line for line in calls if re.search(r"connect\(", line) and "nscd" not in line]
    assert asked == [], "and none to another process"
    reached(14, f"0 sockets, look-ups, remote or payload paths among {len(opened):,} traced opens")


# The helper


@pytest.mark.parametrize("unseen", UNSEEN, ids=lambda c: f"U+{ord(c):04X}")
def test_each_character_that_does_not_show_is_marked(unseen: str) -> None:
    words = f"Ana{unseen} Ruiz"
    assert unseen not in shown(words)
    assert re.fullmatch("Ana⟦[^⟧]+⟧ Ruiz", shown(words))
    assert shown(shown(words)) == shown(words)


@pytest.mark.parametrize(
    "words",
    [
        "Ana Ruiz",
        "two\nlines and\ta tab",
        "👨‍👩‍👧 family",
        "می‌خواهم",
        "क्‍ष",
        "l’Italie",
        "\u2068قال صالح\u2069 · 2021",
        "no\u00a0break",
    ],
)
def test_words_without_hidden_characters_stay_as_they_are(words: str) -> None:
    assert shown(words) == words


def test_isolates_of_a_stranger_that_stay_open_are_marked_and_ours_are_not() -> None:
    assert shown("a\u2068b") == "a⟦FSI⟧b"
    assert shown("a\u2067b\u2069") == "a⟦RLI⟧b⟦PDI⟧"
    assert isolated("x\u202ey") == "\u2068x⟦RLO⟧y\u2069"
    assert isolated("a\u2069b") == "\u2068a⟦PDI⟧b\u2069"


@pytest.mark.parametrize("words", [HIDING[7], *PAYLOADS[:3]])
def test_labels_links_and_rows_show_what_they_are_given_letter_by_letter(qtbot: QtBot, words: str) -> None:
    rows, field = QFormLayout(), QLineEdit()
    qtbot.addWidget(field)
    plain_row(rows, f"{words} & more", field)
    row = rows.labelForField(field)
    assert isinstance(row, PlainLabel)
    link, label = PlainLink(words), plain_label()
    label.setText(words)
    for widget, text in ((row, row.text()), (label, label.text()), (link, link.text())):
        qtbot.addWidget(widget)
        assert "\u202e" not in text
    assert row.textFormat() is label.textFormat() is label.textFormat().PlainText
    assert label.text() == shown(words)
    assert row.text() == f"{shown(words)} && more"
    assert "<" not in plain_tip(words)[4:-5]
