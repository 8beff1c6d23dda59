"""The command line: words in, files and sentences out."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from annotator import cli, paths
from annotator.__main__ import main
from annotator.domain.ids import AnnotatorId
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.editing import tagging
from annotator.services.projects import Person, open_project

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000007"), "Ana")


class Faces:
    """Remembers what was started."""

    def __init__(self) -> None:
        self.started: list[object] = []

    def show_window(self, project: Path | None, *, sample: bool) -> int:
        self.started.append(("window", project, sample))
        return 0

    def play_tour(self, folder: Path) -> int:
        self.started.append(("tour", folder))
        return 0

    def person(self) -> Person:
        return WHO


@pytest.mark.parametrize(
    ("words", "started"),
    [
        ([], ("window", None, False)),
        (["my.annot"], ("window", Path("my.annot"), False)),
        (["--sample"], ("window", None, True)),
        (["tour", "out"], ("tour", Path("out"))),
    ],
)
def test_words_start_the_window_or_the_tour(words: list[str], started: object) -> None:
    faces = Faces()
    assert cli.main(words, faces) == 0
    assert faces.started == [started]


def test_a_project_is_made_filled_and_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project, texts, target = tmp_path / "p.annot", tmp_path / "texts", tmp_path / "out.jsonl"
    texts.mkdir()
    (texts / "a.txt").write_text("Headline\n\nBody.", encoding="utf-8")
    (texts / "b.txt").write_bytes(b"")
    assert cli.main(["new", str(project)], Faces()) == 0
    assert cli.main(["import", str(project), str(texts), "--publisher", "Post"], Faces()) == 1
    said = capsys.readouterr()
    assert "1 article imported, 1 left out." in said.out
    assert "b.txt: it is empty" in said.err
    assert cli.main(["export", str(project), str(target)], Faces()) == 0
    assert '"publisher":"Post"' in target.read_text(encoding="utf-8")
    assert cli.main(["export", str(project), str(target)], Faces()) == 2
    assert "--overwrite" in capsys.readouterr().err


@pytest.fixture
def small(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project with an article, in which a name stands inside another."""
    project, text = tmp_path / "p.annot", tmp_path / "a.txt"
    text.write_text("Bank of Ghana\n", encoding="utf-8")
    assert cli.main(["new", str(project)], Faces()) == 0
    assert cli.main(["import", str(project), str(text)], Faces()) == 0
    capsys.readouterr()
    workspace = open_project(project, WHO)
    article = workspace.records.queue(QueueFilter(), WHO.id)[0]
    for start, end, label in ((0, 13, "actor"), (8, 13, "location")):
        workspace.do(tagging.tag, article, (Span(start, end),), label)
    workspace.close()
    return project


@pytest.mark.parametrize(("option", "tag"), [((), "B-actor"), (("--option", "nested=inner"), "B-location")])
def test_an_option_of_the_format_is_chosen(small: Path, tmp_path: Path, option: tuple[str, ...], tag: str) -> None:
    target = tmp_path / "out.conll"
    assert cli.main(["export", str(small), str(target), "--format", "conll2003", *option], Faces()) == 0
    tags = [line.split()[-1] for line in target.read_text(encoding="utf-8").splitlines()[1:] if line]
    assert [one for one in tags if one.startswith("B-")] == [tag]


@pytest.mark.parametrize(
    ("format_", "option", "said"),
    [
        ("conll2003", "nested=both", "there are outer, inner"),
        ("conll2003", "nest=inner", "it has nested"),
        ("brat", "nested=inner", "it has none"),
        ("conll2003", "nested", "takes a name and a value"),
    ],
)
def test_an_option_that_is_none_is_said(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], format_: str, option: str, said: str
) -> None:
    words = ["export", str(small), str(tmp_path / "out"), "--format", format_, "--option", option]
    assert cli.main(words, Faces()) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("format_", ["brat", "csv", "parquet", "webanno-tsv"])
def test_a_folder_is_replaced_when_asked_and_only_an_export(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    target = tmp_path / "out"
    words = ["export", str(small), str(target), "--format", format_]
    assert cli.main(words, Faces()) == 0
    first = {path.relative_to(target): path.read_bytes() for path in target.rglob("*") if path.is_file()}
    assert cli.main(words, Faces()) == 2
    assert "There is a folder" in capsys.readouterr().err
    assert cli.main([*words, "--overwrite"], Faces()) == 0
    assert {path.relative_to(target): path.read_bytes() for path in target.rglob("*") if path.is_file()} == first
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    assert cli.main([*words, "--overwrite"], Faces()) == 2
    assert "“notes.txt” in “out” is no part of an export" in capsys.readouterr().err
    assert (target / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_parts_of_a_split_are_not_written_over_unasked(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["export", str(small), str(tmp_path / "out.jsonl"), "--split", "1,0,0"]
    assert cli.main(words, Faces()) == 0
    assert cli.main(words, Faces()) == 2
    assert "out.train.jsonl” already" in capsys.readouterr().err
    assert cli.main([*words, "--overwrite"], Faces()) == 0


def test_formats_lists_what_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["formats"], Faces()) == 0
    assert capsys.readouterr().out.count("--option nested=outer|inner") == 2


def test_a_project_is_made_with_another_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.json"
    own.write_text(paths.resource("schemas/ontonotes.json").read_text(encoding="utf-8"), encoding="utf-8")
    for number, schema in enumerate(("conll_2003", str(own))):
        assert cli.main(["new", str(tmp_path / f"{number}.annot"), "--schema", schema], Faces()) == 0
    opened = [open_project(tmp_path / f"{number}.annot", WHO) for number in range(2)]
    assert [workspace.records.schema.name for workspace in opened] == ["CoNLL-2003", "OntoNotes"]
    for workspace in opened:
        workspace.close()
    own.write_text('{\n"format": "annotator-schema", "version": 1}', encoding="utf-8")
    assert cli.main(["new", str(tmp_path / "3.annot"), "--schema", str(own)], Faces()) == 2
    assert "Line 1: “mentions” is missing in the schema: add it." in capsys.readouterr().err
    assert cli.main(["new", str(tmp_path / "3.annot"), "--schema", "brat"], Faces()) == 2
    assert "Name a JSON file, or one of: news_claims," in capsys.readouterr().err
    assert not (tmp_path / "3.annot").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import", "nothing.annot", "x.txt"], "There is no file"),
        (["export", "nothing.annot", "x.jsonl"], "There is no file"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_exit_code_2(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words, Faces()) == 2
    assert sentence in capsys.readouterr().err


def test_version_says_all_that_is_at_work(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--version"], Faces())
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert all(name in said for name in ("Annotator 0.1", "Python 3.", "Qt 6.", "SQLite 3.", "spaCy 3."))


def test_the_command_line_works_where_qt_cannot_be_imported(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from annotator import paths\n"
        "from pathlib import Path\n"
        f"paths.person_file = lambda: Path({str(tmp_path)!r}) / 'person.json'\n"
        f"paths.log_file = lambda: Path({str(tmp_path)!r}) / 'log'\n"
        "from annotator.app import run\n"
        f"sys.exit(run(['new', {str(tmp_path / 'q.annot')!r}]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "q.annot").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_who_reads_nothing_gets_no_complaint() -> None:
    command = f"'{sys.executable}' -m annotator formats | true"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_ctrl_c_while_the_program_is_read_says_no_word_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "annotator.app", Interrupted("annotator.app"))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


@pytest.mark.parametrize(
    "words",
    [
        ["export", "{}", "{}", "--overwrite", "--format", "jsonl"],
        ["names", "export", "{}", "{}", "--overwrite"],
    ],
)
@pytest.mark.parametrize("name", ["p.annot", "p.db"])
def test_nothing_is_written_over_a_project(
    small: Path, name: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    project = small.rename(small.with_name(name))
    assert cli.main([word.format(project) for word in words], Faces()) == 2
    assert "Choose another name." in capsys.readouterr().err
    workspace = open_project(project, WHO)
    assert workspace.records.article_count() == 1
    workspace.close()


def test_another_project_is_not_written_over_either(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = small.with_name("other.annot")
    assert cli.main(["new", str(other)], Faces()) == 0
    before = other.read_bytes()
    for words in (["export", "--format", "csv"], ["names", "export"]):
        assert cli.main([*words, str(small), str(other), "--overwrite"], Faces()) == 2
        assert "other.annot" in capsys.readouterr().err
    assert other.read_bytes() == before


@pytest.mark.parametrize("place", [".", "..", "/", ""])
def test_a_project_without_a_name_is_asked_for_one(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["new", place], Faces()) == 2
    assert "is a folder. Say what the project is to be called" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["."], [".", "--split", "1,0,0"], [".", "--format", "brat"], ["..", "--overwrite"]])
def test_an_export_without_a_name_is_asked_for_one(
    small: Path,
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert cli.main(["export", str(small), *words], Faces()) == 2
    assert "Name a file or folder in it" in capsys.readouterr().err


def test_an_ending_that_no_format_has_is_no_json_lines(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", str(small), str(tmp_path / "out.docx")], Faces()) == 2
    said = capsys.readouterr().err
    assert "No format ends in .docx: choose one with --format, or one of .jsonl, " in said
    assert not (tmp_path / "out.docx").exists()
    assert cli.main(["export", str(small), str(tmp_path / "OUT.XLSX")], Faces()) == 0
    assert (tmp_path / "OUT.XLSX").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("shares", ["nan,0,1", "1,nan,0", "2,-1,0", "1,0", "half,half,0"])
def test_shares_that_are_none_are_refused(
    small: Path, tmp_path: Path, shares: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["export", str(small), str(tmp_path / "out.jsonl"), "--split", shares]
    assert cli.main(words, Faces()) == 2
    assert "such as 0.8,0.1,0.1" in capsys.readouterr().err


def test_how_far_it_is_stands_on_a_line_that_is_blank_again(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    more = tmp_path / "a.txt"
    for words, last in (
        (["export", str(small), str(tmp_path / "out.jsonl")], "Wrote 1 article to"),
        (["import", str(small), str(more)], "0 articles imported, 1 already in the project."),
        (["check", str(small)], "The project is sound"),
    ):
        assert cli.main(words, Faces()) == 0
        said = capsys.readouterr()
        assert said.out.startswith(last)
        told = said.err.partition("a.txt: its text")[0].split("\r")
        assert any(" of " in line for line in told)
        assert not told[-1]
        assert not told[-2].strip()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["empty"], "There are no articles in “"),
        (["empty", "--json"], "Name files, or folders that hold some."),
        (["e.json", "--format", "label-studio"], "There is nothing in the format label-studio in “"),
        (["p.annot"], "p.annot” is a project: “annotator bring-in” takes"),
        (["a.txt", "--format", "conll2003", "--map", "Bank"], "a key of the schema: actor, date,"),
        (["a.txt", "--format", "conll2003", "--map", "Bank=actor"], "the corpus has no label “Bank”; it has"),
    ],
)
def test_an_import_of_nothing_or_of_a_project_says_so(
    small: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (small.parent / "empty").mkdir()
    (small.parent / "e.json").write_text("[]", encoding="utf-8")
    assert cli.main(["import", str(small), str(small.parent / words[0]), *words[1:]], Faces()) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_of_two_people_by_one_name_both_are_exported(small: Path, tmp_path: Path) -> None:
    other = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000008"), "Ana")
    workspace = open_project(small, other)
    article = workspace.records.queue(QueueFilter(), WHO.id)[0]
    workspace.do(tagging.tag, article, (Span(5, 7),), "other")
    workspace.close()
    target = tmp_path / "out.jsonl"
    assert cli.main(["export", str(small), str(target), "--annotator", "Ana"], Faces()) == 0
    assert target.read_text(encoding="utf-8").count('"quote"') == 3


@pytest.mark.parametrize(("given", "called"), [("", "p"), ("  ", "p"), (" Valley \n news ", "Valley news")])
def test_a_project_is_called_like_its_file_unless_it_has_a_name(tmp_path: Path, given: str, called: str) -> None:
    assert cli.main(["new", str(tmp_path / "p"), "--name", given], Faces()) == 0
    workspace = open_project(tmp_path / "p.annot", WHO)
    assert workspace.records.project().name == called
    workspace.close()
