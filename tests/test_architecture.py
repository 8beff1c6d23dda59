"""The import rule: look only downwards, and open only the doors that are yours. And what keeps files readable."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PACKAGE = Path(__file__).parents[1] / "annotator"
FILES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT: dict[str, set[str]] = {  # package: the packages below it that it may see
    "domain": set(),
    "editing": {"domain"},
    "storage": {"domain"},
    "formats": {"domain"},
    "nlp": {"domain"},
    "places": {"domain"},
    "agreement": {"domain"},
    "services": {"domain", "editing", "storage", "formats", "nlp", "places", "agreement"},
    "cli": {"domain", "editing", "services"},
    "ui": {"domain", "editing", "services"},
}
EVERYONE = {"errors", "garbage", "logs", "paths", "unprobed", "version"}  # modules that any package may import
DOORS = {"PySide6": "ui", "shiboken6": "ui", "sqlite3": "storage", "spacy": "nlp", "argparse": "cli"}
DOORS_BESIDE = {  # formats that are a library's own, and paper, which Qt lays out
    "formats/docbin.py": "spacy",
    "formats/docbin_reading.py": "spacy",
    "formats/pdf_report.py": "PySide6",
    "formats/pdf_article.py": "PySide6",
}
NOBODY = {
    *(
        "socket",
        "http",
        "requests",
        "urllib3",
        "httpx",
        "aiohttp",
        "ftplib",
        "smtplib",
        "imaplib",
        "poplib",
        "telnetlib",
    ),
    *("webbrowser", "pickle", "marshal", "shelve", "urllib.request", "urllib.error"),
}
MAY_CATCH_ALL = {"services/workers.py", "ui/jobs.py"}


def imported(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: write absolute imports"
            if node.module == "annotator":
                yield from ((f"annotator.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield str(node.module), node.lineno


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_looks_only_downwards(package: str) -> None:
    files = list((PACKAGE / package).rglob("*.py"))
    assert files, f"no files seen in {package}"
    for path in files:
        for target, line in imported(path):
            top, _, rest = target.partition(".")
            where = f"{path.relative_to(PACKAGE.parent)}:{line}"
            if top == "annotator":
                seen = rest.split(".")[0]
                allowed = MAY_IMPORT[package] | EVERYONE | {package}
                assert seen in allowed, f"{where}: {package} may not import {seen}; it may import {sorted(allowed)}"
            elif top in DOORS and DOORS_BESIDE.get(path.relative_to(PACKAGE).as_posix()) != top:
                assert package == DOORS[top], f"{where}: only {DOORS[top]} opens {top}"
            assert not NOBODY & {top, target}, f"{where}: nothing imports {target}"


def test_every_package_has_a_row() -> None:
    assert {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_file_can_be_read_from_top_to_bottom(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(PACKAGE).as_posix()
    tree = ast.parse(text)
    assert ast.get_docstring(tree), f"{name}: say in a docstring what the module is for"
    assert text.count("\n") <= 400, f"{name} has {text.count(chr(10))} lines; split it"
    assert "TYPE_CHECKING" not in text, f"{name}: imports for types follow the rule as well"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 60, f"{name}:{node.lineno}: {node.name} has {length} lines"
        elif isinstance(node, ast.ExceptHandler) and name not in MAY_CATCH_ALL:
            broad = node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
            assert not broad, f"{name}:{node.lineno}: catch what you can name"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_sql = node.func.attr in {"execute", "executemany", "executescript"}
            assert not is_sql or name.startswith("storage/"), f"{name}:{node.lineno}: SQL lives in storage"


PLAIN = "annotator.ui.widgets.plain"
QT_PARTS = {"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtTest"}
"""Of Qt only what cannot reach a network and brings no second SQLite."""
SHOWS_MARK_UP = {
    *("setHtml", "insertHtml", "appendHtml", "toHtml", "showText", "setTextFormat", "setOpenExternalLinks"),
    *(
        "LinksAccessibleByMouse",
        "LinksAccessibleByKeyboard",
        "TextBrowserInteraction",
        "openUrl",
        "linkActivated",
        "linkHovered",
        "setUrlHandler",
        "setWhatsThis",
    ),
    *("setInformativeText", "setDefaultAction", "setToolTipsVisible", "setStatusTip"),
}
GUESSING = {"QLabel", "QMessageBox", "QErrorMessage", "QProgressDialog", "QWizard", "QSplashScreen", "QDesktopServices"}
"""Widgets that guess whether words are mark-up, and the way out to a browser."""
RICH = {  # texts that could show mark-up, and why they do not
    "ui/article/view.py": "takes plain text only and loads nothing",
    "ui/dialogs/about.py": "shows our own manual, follows no link out of it and loads nothing",
}
UI_FILES = [path for path in FILES if "ui" in path.parts]


@pytest.mark.parametrize("path", UI_FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_words_from_outside_are_shown_as_plain_text(path: Path) -> None:
    """Labels, tool tips, forms' rows and message boxes guess whether they hold mark-up; one module keeps them from it.

    Nothing opens a link: there is no way out to a browser, so nothing can be followed by mistake.
    """
    name = path.relative_to(PACKAGE).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for target, line in imported(path):
        top, _, part = target.partition(".")
        assert top != "PySide6" or part.partition(".")[0] in QT_PARTS, f"{name}:{line}: {target} is not shipped"
        assert top != "webbrowser", f"{name}:{line}: nothing opens a browser"
    if name == "ui/widgets/plain.py":
        return
    for node in ast.walk(tree):
        where = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Name) and node.id in {"QTextEdit", "QTextBrowser"}:
            assert name in RICH, f"{where}: {node.id} can show mark-up; use QPlainTextEdit"
        elif isinstance(node, ast.Attribute):
            assert node.attr not in SHOWS_MARK_UP, f"{where}: {node.attr} shows mark-up or follows links"
            assert node.attr != "setMarkdown" or name == "ui/dialogs/about.py", f"{where}: mark-up"
            tips = node.attr != "ToolTipRole" or "plain_tip" in path.read_text(encoding="utf-8")
            assert tips, f"{where}: tool tips guess; use plain_tip"
        elif isinstance(node, ast.Call):
            check_call(node, where)
        elif isinstance(node, ast.ClassDef):
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
            loads = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
            assert not bases & {"QTextEdit", "QTextBrowser"} or "loadResource" in loads, f"{where}: loads pictures"
            assert not bases & GUESSING, f"{where}: use widgets/plain.py"


def check_call(call: ast.Call, where: str) -> None:
    """What is called with words."""
    function, given = call.func, call.args
    if isinstance(function, ast.Name):
        assert function.id not in GUESSING, f"{where}: use widgets/plain.py"
    elif isinstance(function, ast.Attribute):
        if isinstance(function.value, ast.Name):
            assert function.value.id not in GUESSING, f"{where}: use widgets/plain.py"
            if function.value.id == "QInputDialog":
                assert is_plain(given[2]), f"{where}: its label guesses; use plain_tip"
        if function.attr == "setToolTip":
            assert is_plain(given[-1]), f"{where}: tool tips guess whether they are mark-up; use plain_tip"
        elif function.attr in {"addRow", "insertRow"}:
            words = given[-2] if len(given) > 1 else None
            is_row = words is not None and not (function.attr == "insertRow" and len(given) < 3)
            assert not is_row or is_plain(words), f"{where}: a form's own labels guess; use plain_row"


def is_plain(words: ast.expr | None) -> bool:
    """Words of ours, or words that went through the helper."""
    match words:
        case ast.Constant():
            return True
        case ast.IfExp():
            return is_plain(words.body) and is_plain(words.orelse)
        case ast.Call(func=ast.Name(id=called)):
            return called == "plain_tip"
    return False


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("label = QLabel(name)", "widgets/plain.py"),
        ("QMessageBox.question(self, 'x', name)", "widgets/plain.py"),
        ("self.setToolTip(name)", "plain_tip"),
        ("self.setToolTip(f'{name}')", "plain_tip"),
        ("item.setToolTip(1, name)", "plain_tip"),
        ("rows.addRow(name, field)", "plain_row"),
        ("rows.insertRow(1, name, field)", "plain_row"),
        ("QInputDialog.getText(self, 'x', name)", "plain_tip"),
        ("box.setInformativeText(name)", "mark-up"),
        ("edit = QTextEdit()", "QPlainTextEdit"),
        ("QDesktopServices.openUrl(url)", "widgets/plain.py|follows links"),
        ("import webbrowser", "browser"),
        ("from PySide6.QtNetwork import QNetworkAccessManager", "not shipped"),
        ("class Box(QTextEdit):\n    pass", "QPlainTextEdit|pictures"),
        ("return tip if role == Qt.ItemDataRole.ToolTipRole else None", "plain_tip"),
    ],
)
def test_the_rule_about_plain_text_finds_what_breaks_it(
    tmp_path: Path, code: str, fault: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr("tests.test_architecture.PACKAGE", tmp_path)
    path = tmp_path / "ui" / "some.py"
    path.parent.mkdir()
    path.write_text(code if not code.startswith("return") else f"def f():\n    {code}", encoding="utf-8")
    with pytest.raises(AssertionError, match=fault):
        test_words_from_outside_are_shown_as_plain_text(path)


@pytest.mark.parametrize("name", sorted(RICH))
def test_texts_that_could_show_mark_up_are_still_there(name: str) -> None:
    assert "loadResource" in (PACKAGE / name).read_text(encoding="utf-8")
