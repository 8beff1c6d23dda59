"""The import rule: look only downwards, and open only the doors that are yours. And what keeps files readable."""

import ast
from collections.abc import Iterator
from pathlib import Path

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
EVERYONE = {"errors", "paths", "logs", "version"}  # top-level modules that any package may import
DOORS = {"PySide6": "ui", "shiboken6": "ui", "sqlite3": "storage", "spacy": "nlp", "argparse": "cli"}
DOORS_BESIDE = {  # formats that are a library's own, and paper, which Qt lays out
    "formats/docbin.py": "spacy",
    "formats/docbin_reading.py": "spacy",
    "formats/pdf_report.py": "PySide6",
    "formats/pdf_article.py": "PySide6",
}
NOBODY = {"socket", "http", "requests", "ftplib", "smtplib", "pickle", "marshal", "shelve"}
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
            assert top not in NOBODY, f"{where}: nothing imports {top}"


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


@pytest.mark.parametrize("path", [path for path in FILES if "ui" in path.parts], ids=lambda path: path.name)
def test_words_from_outside_are_shown_as_plain_text(path: Path) -> None:
    """Labels, tool tips and message boxes guess whether they hold mark-up; one module makes them not guess."""
    if path.name == "plain.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"QLabel", "QMessageBox"}, f"{path.name}:{node.lineno}: use widgets/plain.py"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            forbidden = {"setHtml", "insertHtml", "showText"}
            assert node.func.attr not in forbidden, f"{path.name}:{node.lineno}: {node.func.attr} shows mark-up"
