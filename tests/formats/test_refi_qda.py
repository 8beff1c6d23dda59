"""REFI-QDA goes out for programs of qualitative research and comes back; what they write is read, places checked."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.errors import FormatError
from annotator.formats import zipped
from annotator.formats.memos import memo, taken_apart
from annotator.formats.refi_qda import RefiCodebook, RefiQda
from annotator.storage.snapshots import SnapshotCorpus
from tests.formats.broken import broken_variant
from tests.formats.round_trip import VALLEY, canonical, expected, hard_corpus, read_all, written
from tests.formats.test_broken_json import survives
from tests.formats.test_marking_tools import DETAILS, EVENTS

QDA = "{urn:QDA-XML:project:1.0}"
ANN, BO = "5c94bc9e-db8c-4f1d-9cd6-e900c7440860", "DF241DA2-BCA0-4AD9-83C1-B89C98D83567"
PERSON, STAFF, TRUST, SOURCE = (f"{n}{n}{n}{n}0000-aaaa-4bbb-8ccc-dddddddddddd" for n in "1234")
TEXT = "Ana said no.\r\nBo said no.\r\n🙂 Ana left."
CODES = f"""<CodeBook><Codes>
  <Code guid="{PERSON}" name="Person" isCodable="true" color="#ff0000"><Description>Who it is</Description>
    <Code guid="{STAFF}" name="Staff" isCodable="true"/></Code>
  <Code guid="{TRUST}" name="Trust" isCodable="true"/>
</Codes></CodeBook>"""


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[SnapshotCorpus]:
    with hard_corpus(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("qda")
    with hard_corpus(folder) as corpus:
        written(RefiQda(), corpus, folder / "out.qdpx")
    return folder / "out.qdpx"


def project_of(path: Path) -> bytes:
    with zipfile.ZipFile(path) as file:
        return file.read("project.qde")


def selection(start: int, end: int, name: str = "", *codes: str, more: str = "", by: str = ANN) -> str:
    """A selection as other programs write them."""
    coded = "".join(
        f'<Coding guid="{n:08x}-0000-4000-8000-{start:012x}" creatingUser="{by}"><CodeRef targetGUID="{code}"/>'
        "</Coding>"
        for n, code in enumerate(codes)
    )
    return (
        f'<PlainTextSelection guid="99999999-0000-4000-8000-{start:012x}" name="{name}" startPosition="{start}" '
        f'endPosition="{end}" creationDateTime="2023-01-01T00:00:00Z">{more}{coded}</PlainTextSelection>'
    )


def packed(
    folder: Path, sources: str, *, texts: dict[str, bytes] | None = None, name: str = "Project.qde", after: str = ""
) -> Path:
    """A project of another program."""
    path = folder / "study.qdpx"
    project = (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="Study" origin="X">'
        f'<Users><User guid="{ANN}" name="Ann"/><User guid="{{{BO}}}" name="Bo" id="b"/></Users>{CODES}'
        f"<Sources>{sources}</Sources>{after}</Project>"
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(name, project)
        for entry, data in (texts or {}).items():
            file.writestr(entry, data)
    assert RefiQda().recognises(path, path.read_bytes()[:4096])
    return path


def source(*selections: str, path: str = f"internal://{SOURCE}.txt", name: str = "Interview 1") -> str:
    return f'<TextSource guid="{SOURCE}" name="{name}" plainTextPath="{path}">{"".join(selections)}</TextSource>'


def read_text(folder: Path, data: bytes, *selections: str, after: str = "") -> tuple[FoundArticle, Findings]:
    """The one article of a project with this text."""
    path = packed(folder, source(*selections), texts={f"Sources/{SOURCE.upper()}.txt": data}, after=after)
    (one,), findings = read_all(RefiQda(), path)
    return one, findings


def marked(found: FoundArticle) -> list[tuple[str, str]]:
    return [(mention.label, " … ".join(span.cut(found.text) for span in mention.spans)) for mention in found.mentions]


def test_a_project_comes_back_the_same(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    target = tmp_path / "out.qdpx"
    losses = written(RefiQda(), corpus, target)
    found, findings = read_all(RefiQda(), target)
    assert findings == Findings()
    wanted = expected(corpus)
    wanted[1]["fields"] = (wanted[1]["text"], *wanted[1]["fields"][1:])
    for one, other in zip(found, wanted, strict=True):
        for part, value in canonical(one).items():
            assert value == other[part], part
    assert losses.counts == {DETAILS: 1, EVENTS: 1}


def test_what_goes_out_hangs_together(whole: Path) -> None:
    root = etree.fromstring(project_of(whole))
    guids = [one.get("guid").casefold() for one in root.iter() if one.get("guid")]
    assert len(guids) == len(set(guids))
    for name in ("targetGUID", "originGUID", "creatingUser"):
        assert {one.get(name) for one in root.iter() if one.get(name)} <= set(guids)
    with zipfile.ZipFile(whole) as file:
        texts = {name: file.read(name).decode() for name in file.namelist() if name.startswith("sources/")}
    for text_source in root.iter(f"{QDA}TextSource"):
        text = texts[text_source.get("plainTextPath").replace("internal://", "sources/")]
        for one in text_source.iter(f"{QDA}PlainTextSelection"):
            assert text[int(one.get("startPosition")) : int(one.get("endPosition"))].startswith(one.get("name"))
    assert VALLEY in texts.values()
    names = {code.get("name"): code for code in root.iter(f"{QDA}Code")}
    assert names["Actor"].get("color") == "#0672B1"
    assert names["Ana Ruiz"].getparent().get("name") == "Entities"
    assert names["content"].getparent().get("name") == "Claim"


def test_codes_and_comments_of_others(tmp_path: Path) -> None:
    content = "<PlainTextContent>Why?</PlainTextContent>"
    note = f"<Notes><Note guid='77777777-0000-4000-8000-000000000000'>{content}</Note></Notes>"
    more = "<Description>A memo\nof two lines</Description>"
    reference = "<NoteRef targetGUID='77777777-0000-4000-8000-000000000000'/>"
    one, findings = read_text(
        tmp_path,
        TEXT.encode(),
        selection(0, 3, "Ana", PERSON, more=more),
        selection(14, 16, "Bo", STAFF.upper(), TRUST, by=BO.lower()),
        selection(4, 8, "", "00000000-aaaa-4bbb-8ccc-dddddddddddd"),
        selection(4, 11, "", more="<Description>only a comment</Description>"),
        selection(9, 11, "no", TRUST).replace("</PlainTextSelection>", f"{reference}</PlainTextSelection>"),
        after=note,
    )
    assert one.text == TEXT
    assert one.title == "Interview 1"
    assert marked(one) == [("Person", "Ana"), ("Person/Staff", "Bo"), ("Trust", "Bo"), ("Trust", "no")]
    assert [mention.annotator for mention in one.mentions] == ["Ann", "Bo", "Bo", "Ann"]
    assert [mention.note for mention in one.mentions] == ["A memo\nof two lines", "", "", "Why?"]
    assert findings.problems == []
    assert findings.left_out == {
        "codings under codes that the file does not have": 1,
        "comments on stretches without a code": 1,
    }


def test_line_ends_that_were_counted_as_one(tmp_path: Path) -> None:
    one, findings = read_text(
        tmp_path, TEXT.encode("utf-8-sig"), selection(13, 15, "Bo", PERSON), selection(13, 24, "Bo said...", TRUST)
    )
    assert marked(one) == [("Person", "Bo"), ("Trust", "Bo said no.")]
    assert "line ends of two characters as one" in findings.problems[0].reason


def test_utf_16_units_are_known_by_their_words(tmp_path: Path) -> None:
    at = TEXT.index("🙂")
    one, findings = read_text(
        tmp_path, TEXT.encode(), selection(0, 3, "Ana", PERSON), selection(at + 3, at + 6, "Ana", PERSON)
    )
    assert [mention.spans[0].start for mention in one.mentions] == [0, at + 2]
    assert "UTF-16" in findings.problems[0].reason


def test_names_that_say_nothing_change_nothing(tmp_path: Path) -> None:
    one, findings = read_text(tmp_path, TEXT.encode(), selection(14, 16, "Quotation 1:2", PERSON))
    assert marked(one) == [("Person", "Bo")]
    assert findings.problems == []


def test_other_sources_and_missing_texts_are_told(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hidden", encoding="utf-8")
    sources = (
        source(path="internal://../secret.txt", name="a")
        + source(path="relative:///secret.txt", name="b")
        + source(path=f"absolute://{tmp_path}/secret.txt", name="c")
        + f'<TextSource guid="{SOURCE}" name="d" richTextPath="internal://x.docx"/>'
        + f'<PictureSource guid="{SOURCE}" name="e"/>'
        + f'<PDFSource guid="{SOURCE}" name="Report"><Representation guid="{SOURCE}" plainTextPath="internal://r.txt">'
        + f"{selection(0, 3, 'Ana', PERSON)}</Representation></PDFSource>"
        + f'<TextSource guid="{SOURCE}" name="f"><PlainTextContent>Bo left.</PlainTextContent>'
        + f"{selection(0, 2, 'Bo', PERSON)}{selection(5, 99, '', PERSON)}</TextSource>"
    )
    path = packed(tmp_path, sources, texts={"sources/r.txt": b"Ana.", "../secret.txt": b"hidden too"})
    found, findings = read_all(RefiQda(), path)
    assert [(one.title, one.text, marked(one)) for one in found] == [
        ("Report", "Ana.", [("Person", "Ana")]),
        ("f", "Bo left.", [("Person", "Bo")]),
    ]
    assert [problem.reason for problem in findings.problems] == [
        "the source “a” was left out: its text is not in the file",
        "the source “b” was left out: its text is not in the file",
        "the source “c” was left out: its text is not in the file",
        "the source “d” was left out: it has no plain text",
        "the selection 2 of “f” was left out: 5 to 99 is no stretch of the text, which has 8 characters",
    ]
    assert findings.left_out == {"sources that are no text": 1}


def test_a_file_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("project.qde", b"<Project>" + b" " * 20_000_000 + b"</Project>")
    with pytest.raises(FormatError, match="unpacks to far more than it should"):
        read_all(RefiQda(), path)
    monkeypatch.setattr(zipped, "MOST_ENTRIES", 3)
    with zipfile.ZipFile(path, "w") as file:
        for number in range(4):
            file.writestr(f"{number}.txt", b"")
    with pytest.raises(FormatError, match="more than 3 are not read"):
        read_all(RefiQda(), path)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"\0" * 50, b"no zip at all"])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.qdpx"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=r"“x.qdpx”: it is damaged, or no archive"):
        read_all(RefiQda(), path)


def test_a_damaged_project_is_let_go_of_when_it_is_refused(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", project_of(whole))
    path.write_bytes(path.read_bytes().replace(b"<CodeBook>", b"<Codebook>", 1))
    with pytest.raises(FormatError) as refused:
        list(RefiQda().read(path, Findings()))
    # Windows moves and deletes no file that somebody has open.
    assert str(path) not in [file.path for file in psutil.Process().open_files()], refused


def test_an_archive_without_a_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="holds no project"):
        read_all(RefiQda(), packed(tmp_path, "", name="sources/project.qde"))


def test_codebooks_are_labels(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    target = tmp_path / "out.qdc"
    assert written(RefiCodebook(), corpus, target) == Losses()
    root = etree.fromstring(target.read_bytes())
    assert root.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    assert RefiCodebook().recognises(target, target.read_bytes()[:4096])
    found, findings = read_all(RefiCodebook(), target)
    assert found == []
    assert findings.labels == ["actor", "location", "date", "quantity", "other"]
    target.write_text(CODES.replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1.0">'), encoding="utf-8")
    assert read_all(RefiCodebook(), target)[1].labels == ["Person", "Trust", "Person/Staff"]


@given(st.text(), st.lists(st.tuples(st.sampled_from(["level", "@x"]), st.text(min_size=1))))
def test_memos_come_apart_as_they_were_put_together(note: str, fields: list[tuple[str, str]]) -> None:
    assert taken_apart(memo(note, fields)) == (note, fields)


@pytest.mark.parametrize(
    ("note", "fields", "said"),
    [
        ("", [], ""),
        ("Look again.", [], "Look again."),
        ("Look again.", [("level", "")], "Look again."),
        ("", [("level", "name"), ("use", "")], "[annotator]\nlevel: name"),
        ("Look.", [("level", "name")], "Look.\n[annotator]\nlevel: name"),
        ("Of [annotator]", [], "Of [annotator]\n[annotator]"),
    ],
)
def test_a_memo_shows_other_programs_no_more_than_there_is(note: str, fields: list[tuple[str, str]], said: str) -> None:
    assert memo(note, fields) == said
    assert taken_apart(said) == (note, [(name, value) for name, value in fields if value])


@pytest.mark.parametrize(
    ("said", "note", "fields"),
    [
        ("level: name", "level: name", []),
        ("A\r\n[annotator]\r\nlevel: name\r\n", "A", [("level", "name")]),
        ("[annotator]\nlevel: name\nWhat I think\nuse: ", "", [("level", "name")]),
    ],
)
def test_a_memo_that_somebody_wrote_on_in_another_program(said: str, note: str, fields: list[tuple[str, str]]) -> None:
    assert taken_apart(said) == (note, fields)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_broken_archives(whole: Path, tmp_path: Path, data: st.DataObject) -> None:
    survives(RefiQda(), tmp_path / "x.qdpx", broken_variant(whole.read_bytes(), data, b"PK\x01\x02"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.data())
def test_broken_projects_in_whole_archives(whole: Path, tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "x.qdpx"
    project = broken_variant(project_of(whole), data, b"&#0;&x;</Code>")
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, project if name.endswith(".qde") else old.read(name))
    survives(RefiQda(), path, path.read_bytes())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(st.data())
def test_changed_values(whole: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Attributes are exchanged for others' or odd ones, elements removed or renamed: it stays XML."""
    root = etree.fromstring(project_of(whole))
    elements = list(root.iter())
    for _ in range(data.draw(st.integers(1, 5))):
        one, other = data.draw(st.sampled_from(elements)), data.draw(st.sampled_from(elements))
        if one.attrib and data.draw(st.booleans()):
            odd = data.draw(st.sampled_from(["", "-1", "9" * 400, "1e3", "²", "{}", "internal://", "internal://../x"]))
            name = data.draw(st.sampled_from(sorted(one.attrib)))
            one.set(name, data.draw(st.sampled_from([odd, *map(str, other.attrib.values())])))
        elif one.getparent() is not None and data.draw(st.booleans()):
            one.getparent().remove(one)
        else:
            one.tag = other.tag
    path = tmp_path / "x.qdpx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, etree.tostring(root) if name.endswith(".qde") else old.read(name))
    survives(RefiQda(), path, path.read_bytes())
