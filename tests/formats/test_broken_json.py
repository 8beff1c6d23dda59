"""Files of other tools may be damaged in any way: what is good comes, the rest is told, and the program stays up."""

import contextlib
import json
import random
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.articles import text_hash
from annotator.domain.found import Findings, FoundArticle
from annotator.errors import FormatError
from annotator.formats.docbin import DocBinFormat
from annotator.formats.doccano import Doccano
from annotator.formats.json_parts import objects
from annotator.formats.label_studio import LabelStudio
from annotator.formats.prodigy import Prodigy
from annotator.formats.registry import READERS
from annotator.formats.web_annotation import WebAnnotation
from tests.formats.round_trip import Tool, hard_corpus, read_all, written

FORMATS: list[Tool] = [DocBinFormat(), Doccano(), LabelStudio(), Prodigy(), WebAnnotation()]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    found = {}
    with hard_corpus(folder) as corpus:
        for tool in FORMATS:
            found[tool.key] = folder / f"{tool.key}{tool.suffix}"
            written(tool, corpus, found[tool.key])
    return found


def check(article: FoundArticle) -> None:
    """What every reader promises of what it finds."""
    text_hash(article.text)
    assert article.text.strip()
    assert "\0" not in article.text
    keys = {mention.key for mention in article.mentions}
    claims = {claim.key for claim in article.claims}
    entities = {entity.key for entity in article.entities}
    places = [span for mention in article.mentions for span in mention.spans]
    for claim in article.claims:
        places += [*claim.content, *claim.cue, *(span for source in claim.sources for span in source.spans)]
        assert claim.within in {*claims, ""}
        assert {source.mention for source in claim.sources} <= {*keys, ""}
    assert all(span.end <= len(article.text) for span in [*places, *(zone.span for zone in article.zones)])
    assert {mention.entity for mention in article.mentions} <= {*entities, ""}
    assert {end for link in article.links for end in (link.origin, link.target)} <= claims
    repr(article).encode("utf-8")


def survives(tool: Tool, path: Path, data: bytes) -> None:
    """Reads data as a file of the tool's; nothing but FormatError may come out."""
    path.write_bytes(data)
    tool.recognises(path, data[:4096])
    with contextlib.suppress(FormatError):
        for article in read_all(tool, path)[0]:
            check(article)


CUTS = st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=6))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(CUTS, min_size=1, max_size=4), st.sampled_from(["changed", "cut off", "turned round"]))
@pytest.mark.parametrize("tool", FORMATS, ids=lambda tool: tool.key)
def test_changed_bytes(
    files: dict[str, Path], tmp_path: Path, tool: Tool, cuts: list[tuple[float, int, bytes]], way: str
) -> None:
    data = files[tool.key].read_bytes()
    for place, length, more in cuts:
        at = int(place * len(data))
        data = data[:at] + more + (b"" if way == "cut off" else data[at + length :])
    if way == "turned round":
        data = b"\n".join(reversed(data.split(b"\n")))
    survives(tool, tmp_path / f"x{tool.suffixes[0]}", data)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.lists(CUTS, min_size=1, max_size=3))
def test_changed_bytes_inside_a_docbin(
    files: dict[str, Path], tmp_path: Path, cuts: list[tuple[float, int, bytes]]
) -> None:
    """Under the compression, which would notice most changes, and mostly of the same length, so that it unpacks."""
    data = zlib.decompress(files["docbin"].read_bytes())
    for place, _, more in cuts:
        at = int(place * len(data))
        data = data[:at] + more + data[at + len(more) :]
    survives(DocBinFormat(), tmp_path / "x.spacy", zlib.compress(data, 1))


JSON = [tool for tool in FORMATS if tool.key != "docbin"]
ODD = (
    '[null, true, -1, 1e30, 7, 0.5, "", "x", "\\ud800", "a\\u0000b",'
    ' [], {}, [[]], [null], {"id": {}}, [1, 2], [-5, 99, "x"]]'
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.integers(0, 10**9))
@pytest.mark.parametrize("tool", JSON, ids=lambda tool: tool.key)
def test_changed_values(files: dict[str, Path], tmp_path: Path, tool: Tool, seed: int) -> None:
    """Any value of any record becomes another: what is a list is a number, ids come twice, offsets are huge."""
    dice = random.Random(seed)
    text = files[tool.key].read_text(encoding="utf-8")
    lines = [text] if tool.suffixes[0] != ".jsonl" else [line for line in text.split("\n") if line]
    records = [json.loads(line) for line in lines]
    for _ in range(dice.randint(1, 4)):
        odd(dice.choice(records), dice)
    survives(tool, tmp_path / f"x{tool.suffixes[0]}", "\n".join(map(json.dumps, records)).encode())


def odd(node: Any, dice: random.Random) -> None:
    """Puts an odd value somewhere inside."""
    steps = list(range(len(node)) if isinstance(node, list) else node)
    if not steps:
        return
    step = dice.choice(steps)
    if isinstance(node[step], list | dict) and node[step] and dice.random() < 0.8:
        odd(node[step], dice)
    else:
        node[step] = dice.choice(json.loads(ODD))


@pytest.mark.parametrize("tool", JSON, ids=lambda tool: tool.key)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_and_windows_line_ends(
    files: dict[str, Path], tmp_path: Path, tool: Tool, encoding: str
) -> None:
    path = tmp_path / f"x{tool.suffixes[0]}"
    path.write_bytes(files[tool.key].read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding))
    assert read_all(tool, path) == _named(read_all(tool, files[tool.key]), files[tool.key].name, path.name)


def _named(found: tuple[list[FoundArticle], Findings], before: str, after: str) -> tuple[list[FoundArticle], Findings]:
    titled = [replace(one, source=after, title=after if one.title == before else one.title) for one in found[0]]
    return titled, found[1]


LINE = '{"text": "Ana.", "spans": []}'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "it is no JSON: expecting property name enclosed in double quotes (character 2)"),
        ('{"text": 3, "spans": []}', "there is no text"),
        ('{"text": " \\n", "spans": []}', "the text is empty"),
        ('{"text": "a\\u0000", "spans": []}', "the text holds a NUL character (at character 2)"),
        ('{"text": "ab\\ud800", "spans": []}', "the text holds a damaged character (at character 3)"),
        ("[" * 100_000, "it is nested too deeply"),
        ('{"a": ' * 100_000, "it is nested too deeply"),
        ("1" * 5000, "it is no JSON: a number is too long"),
        ("3", "it is no object with a text"),
        ("null", "it is no object with a text"),
    ],
)
def test_a_bad_line_is_told_and_the_others_come(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(f"{LINE}\n\n{line}\n{LINE}", encoding="utf-8")
    found, findings = read_all(Prodigy(), path)
    assert len(found) == 2
    assert [str(problem) for problem in findings.problems] == [f"x.jsonl, line 3: {reason}"]


def test_one_line_in_a_wrong_encoding_does_not_spoil_the_others(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    good = '{"text": "Café é", "spans": []}'.encode()
    path.write_bytes(good + b"\n" + '{"text": "Café", "spans": []}'.encode("cp1252") + b"\n" + good)
    found, findings = read_all(Prodigy(), path)
    assert [article.text for article in found] == ["Café é"] * 2
    assert str(findings.problems[0]).startswith("x.jsonl, line 2: it is not UTF-8: byte 14 of the line")


def test_a_whole_file_in_an_old_encoding_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    text = "Заседание правительства прошло в четверг в Кабуле."
    path.write_bytes(json.dumps([{"text": text, "spans": []}], ensure_ascii=False).encode("cp1251"))
    assert [article.text for article in read_all(Prodigy(), path)[0]] == [text]


def test_a_damaged_byte_in_an_array_spoils_one_record(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    tasks = [{"data": {"text": "é Ana."}, "annotations": []}, {"data": {"text": "Bo é."}, "annotations": []}]
    data = json.dumps(tasks, ensure_ascii=False, indent=1).encode()
    path.write_bytes(data.replace(b"Bo", b"B\xff"))
    found, findings = read_all(LabelStudio(), path)
    assert [article.text for article in found] == ["é Ana."]
    assert str(findings.problems[0]) == "x.json, line 8: the text holds a damaged character (at character 2)"


@pytest.mark.parametrize("cut", [1, 40, 120, 200])
def test_an_array_that_breaks_off_gives_what_is_whole(tmp_path: Path, cut: int) -> None:
    tasks = [{"data": {"text": f"Ana {number}."}, "annotations": []} for number in range(5)]
    data = json.dumps(tasks, indent=1)
    path = tmp_path / "x.json"
    path.write_text(data[:-cut], encoding="utf-8")
    found, findings = read_all(LabelStudio(), path)
    assert [article.text for article in found] == [f"Ana {number}." for number in range(len(found))]
    assert len(found) == data[:-cut].count("\n }")
    assert len(findings.problems) == 1


def test_objects_know_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('\n[\n {"a": 1},\n\n {\n"a": 2}\n, {"a": "' + "x" * 200_000 + '"}, \n{"a": 4}]\n', encoding="utf-8")
    findings = Findings()
    assert [line for line, _ in objects(path, findings)] == [3, 5, 7, 8]
    assert findings.problems == []


def test_a_record_that_is_too_large_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.formats.json_parts.LARGEST", 1_000_000)
    long = f'{{"text": "{"x" * 2_000_000}", "spans": []}}'
    (tmp_path / "x.jsonl").write_text(f"{LINE}\n{long}\n{LINE}\n", encoding="utf-8")
    found, findings = read_all(Prodigy(), tmp_path / "x.jsonl")
    assert len(found) == 2
    assert str(findings.problems[0]) == "x.jsonl, line 2: the line is longer than 1 MB; split it"
    (tmp_path / "x.json").write_text(f"[{LINE},\n{long}]", encoding="utf-8")
    found, findings = read_all(Prodigy(), tmp_path / "x.json")
    assert len(found) == 1
    assert str(findings.problems[0]) == "x.json, line 2: it is longer than 1 MB; split it; what follows was not read"


def test_every_reader_is_tried() -> None:
    assert {tool.key for tool in FORMATS} <= {tool.key for tool in READERS}
