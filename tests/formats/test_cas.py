"""UIMA CAS: what is written comes back and is what UIMA's own tools read; what is wrong is told."""

import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.domain.identifiers import Identifier
from annotator.domain.values import Value
from annotator.errors import FormatError
from annotator.formats.cas import UimaCas, uima_json
from annotator.storage.snapshots import SnapshotCorpus
from tests.formats.broken import broken_variant
from tests.formats.round_trip import VALLEY, canonical, expected, hard_corpus, read_all, written
from tests.formats.round_trip_brat import contents, corpus_of, rich_corpus, seen_by, seen_in
from tests.formats.round_trip_brat import written as written_from_memory

XMI, JSON = UimaCas(), uima_json()
BOTH = pytest.mark.parametrize("tool", [XMI, JSON], ids=lambda tool: str(tool.key))
DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
SAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore"
 xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"
 xmlns:pos="http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore"
 xmlns:coref="http:///de/tudarmstadt/ukp/dkpro/core/api/coref/type.ecore"
 xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
<tcas:DocumentAnnotation xmi:id="2" sofa="1" begin="0" end="36" language="en"/>
<pos:POS xmi:id="3" sofa="1" begin="0" end="3" PosValue="NNP"/>
<ner:NamedEntity xmi:id="4" sofa="1" begin="0" end="8" value="PER" identifier="http://www.wikidata.org/entity/Q42"/>
<ner:NamedEntity xmi:id="5" sofa="1" begin="17" end="19" value="PER"/>
<ner:NamedEntity xmi:id="6" sofa="1" begin="17" end="19" value="GONE"/>
<custom:Mood xmi:id="7" sofa="1" begin="9" end="11"><tags>glad</tags><tags>sly</tags></custom:Mood>
<custom:Frame xmi:id="8" sofa="1" begin="12" end="16" sense="tell" count="57" args="9 10"/>
<custom:FrameArgsLink xmi:id="9" role="sayer" target="4"/>
<custom:FrameArgsLink xmi:id="10" role="hearer" target="5"/>
<custom:Tie xmi:id="11" sofa="1" begin="17" end="19" Governor="4" Dependent="5" kind="married"/>
<coref:CoreferenceChain xmi:id="12" first="13"/>
<coref:CoreferenceLink xmi:id="13" sofa="1" begin="0" end="8" next="14" referenceType="name"/>
<coref:CoreferenceLink xmi:id="14" sofa="1" begin="22" end="28" referenceType="noun"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text"
 sofaString="Ana Ruiz 🙂 told Bo&apos;s sister.&#10;She left."/>
<cas:View sofa="1" members="2 3 4 5 7 8 11 12 13 14"/>
</xmi:XMI>
"""


def described(name: str, *features: str) -> str:
    kinds = {"args": "uima.cas.FSArray", "tags": "uima.cas.StringArray", "count": "uima.cas.Integer"}
    said = "".join(
        f"<featureDescription><name>{one}</name><rangeTypeName>{kinds.get(one, 'uima.cas.String')}</rangeTypeName>"
        "</featureDescription>"
        for one in features
    )
    return (
        f"<typeDescription><name>{name}</name><supertypeName>uima.tcas.Annotation</supertypeName>"
        f"<features>{said}</features></typeDescription>"
    )


TYPES = (
    '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>'
    + described(f"{DKPRO}.ner.type.NamedEntity", "value", "identifier")
    + described(f"{DKPRO}.lexmorph.type.pos.POS", "PosValue")
    + described(f"{DKPRO}.coref.type.CoreferenceChain")
    + described(f"{DKPRO}.coref.type.CoreferenceLink", "referenceType")
    + described("webanno.custom.Mood", "tags")
    + described("webanno.custom.Frame", "sense", "count", "args")
    + described("webanno.custom.FrameArgsLink", "role")
    + described("webanno.custom.Tie", "kind")
    + "</types></typeSystemDescription>"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[SnapshotCorpus]:
    with hard_corpus(tmp_path) as found:
        yield found


def a_file(folder: Path, words: str = SAMPLE, types: str = TYPES, name: str = "doc.xmi") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8", newline="")
    if types:
        (path.parent / "TypeSystem.xml").write_text(types, encoding="utf-8")
    return path


def read_one(path: Path, tool: UimaCas = XMI) -> tuple[FoundArticle, Findings]:
    (found,), findings = read_all(tool, path)
    return found, findings


def marked(found: FoundArticle) -> set[tuple[str, str]]:
    return {(mention.label, mention.spans[0].cut(found.text)) for mention in found.mentions}


@BOTH
def test_a_project_comes_back_minus_what_is_told(corpus: SnapshotCorpus, tmp_path: Path, tool: UimaCas) -> None:
    losses = written(tool, corpus, tmp_path / "out")
    found, findings = read_all(tool, tmp_path / "out")
    assert findings == Findings()
    wanted = expected(corpus)
    wanted[1]["fields"] = (wanted[1]["text"], *wanted[1]["fields"][1:])
    for one, other in zip(map(canonical, found), wanted, strict=True):
        for part in ("text", "fields", "language", "entities", "mentions", "zones"):
            assert one[part] == other[part], part
        assert [(c[0], c[2], c[4], c[5]) for c in one["claims"]] == [(c[0], c[2], c[4], c[5]) for c in other["claims"]]
        assert [link for link in other["links"] if link not in one["links"]] == other["links"][1:]
    assert losses.counts == {
        "entities without their description, sectors, country, role, place and own fields": 1,
        "claims without what is said to have happened": 1,
        "arrows between the work of two annotators": 3,
    }


@BOTH
def test_everything_within_an_annotators_work_comes_back(tmp_path: Path, tool: UimaCas) -> None:
    corpus = rich_corpus()
    written_from_memory(tool, corpus, tmp_path / "out")
    articles, findings = read_all(tool, tmp_path / "out")
    assert findings == Findings()
    assert [seen_by(found) for found in articles] == [seen_in(annotated, corpus) for annotated in corpus.articles()]


@BOTH
def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path, tool: UimaCas) -> None:
    corpus = rich_corpus()
    for name in ("one", "two"):
        written_from_memory(tool, corpus, tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def loaded(tool: UimaCas, folder: Path, by: str) -> Any:
    """One of our files as UIMA's own reader for Python sees it."""
    cassis = pytest.importorskip("cassis")
    (path,) = (file for file in (folder / by).iterdir() if file.name.startswith("0001"))
    if tool is JSON:
        return cassis.load_cas_from_json(BytesIO(path.read_bytes()))
    types = cassis.load_typesystem(BytesIO((folder / "TypeSystem.xml").read_bytes()))
    return cassis.load_cas_from_xmi(BytesIO(path.read_bytes()), typesystem=types)


@BOTH
def test_cassis_finds_the_same_words_at_the_same_places(corpus: SnapshotCorpus, tmp_path: Path, tool: UimaCas) -> None:
    written(tool, corpus, tmp_path / "out")
    cas = loaded(tool, tmp_path / "out", "Anna")
    assert cas.sofa_string == VALLEY
    spans = {(one.value, one.begin, one.get_covered_text()) for one in cas.select(f"{DKPRO}.ner.type.NamedEntity")}
    assert ("other", VALLEY.index("🙂"), "🙂") in spans
    assert ("location", VALLEY.index("Baghlan Province"), "Baghlan Province") in spans, "after the emoji"
    (outer, inner) = cas.select("webanno.custom.Claim")[:2]
    roles = {(link.role, link.target.get_covered_text()) for link in inner.roles.elements}
    assert roles == {
        ("source", "Ana Ruiz"), ("source", "Bo Salh"), ("cue", "said"), ("within", outer.get_covered_text()),
    }  # fmt: skip
    tokens = [one.get_covered_text() for one in cas.select(f"{DKPRO}.segmentation.type.Token")]
    assert tokens[:4] == ["Fighters", "retake", "valley", "🙂"]
    (link,) = loaded(tool, tmp_path / "out", "Ben").select("webanno.custom.ClaimLink")
    assert (link.label, link.Governor.begin, link.Dependent.begin) == (
        "contradicts", VALLEY.index("15 were"), VALLEY.index("the bridge"),
    )  # fmt: skip


def test_what_cassis_writes_is_read(tmp_path: Path) -> None:
    cassis = pytest.importorskip("cassis")
    types = cassis.TypeSystem()
    name = types.create_type("my.Name")
    types.create_feature(name, "value", "uima.cas.String")
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string = "🙂 Ana\nBo"
    cas.add(name(begin=2, end=5, value="person"))
    cas.to_xmi(tmp_path / "doc.xmi")
    types.to_xml(tmp_path / "TypeSystem.xml")
    cas.to_json(tmp_path / "doc.json")
    for path, tool in ((tmp_path / "doc.xmi", XMI), (tmp_path / "doc.json", JSON)):
        assert tool.recognises(path, path.read_bytes())
        found, findings = read_one(path, tool)
        assert (marked(found), findings) == ({("person", "Ana")}, Findings())


def test_the_layers_of_any_project_are_understood(tmp_path: Path) -> None:
    found, findings = read_one(a_file(tmp_path))
    assert findings.problems == []
    assert findings.left_out == {"annotations of the layer “POS”": 1, "relations between other things than claims": 3}
    assert found.language == "en"
    assert marked(found) == {
        ("PER", "Ana Ruiz"), ("PER", "Bo"), ("Mood", "🙂"), ("Frame", "told"), ("name", "Ana Ruiz"), ("noun", "sister"),
    }  # fmt: skip
    by_label = {(mention.label, mention.spans[0].cut(found.text)): mention for mention in found.mentions}
    entities = {entity.key: entity for entity in found.entities}
    assert entities[by_label["PER", "Ana Ruiz"].entity].ids == (Identifier("wikidata", "Q42"),)
    assert entities[by_label["noun", "sister"].entity].name == "Ana Ruiz", "a chain is one entity"
    assert by_label["Frame", "told"].attributes == (Value("sense", ("tell",)), Value("count", ("57",)))
    assert by_label["Mood", "🙂"].attributes == (Value("tags", ("glad", "sly")),)


def test_without_a_type_system_it_is_read_by_its_form_and_told(tmp_path: Path) -> None:
    whole, _ = read_one(a_file(tmp_path / "with"))
    found, findings = read_one(a_file(tmp_path / "without", types=""))
    assert [str(problem) for problem in findings.problems] == [
        "doc.xmi: there is no TypeSystem.xml beside it; what its values mean was told by their form"
    ]
    assert canonical(found) == canonical(whole)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('sense="tell"', 'mood="tell"', "the type system does not know the feature “mood” of webanno.custom.Frame"),
        ("custom:Mood", "custom:Hope", "the type system does not know the type webanno.custom.Hope"),
        (
            'begin="17" end="19" value="PER"',
            'begin="17" end="190" value="PER"',
            "1 annotations of .*NamedEntity are on no",
        ),
        ('begin="9" end="11"', 'begin="10" end="11"', "1 annotations of webanno.custom.Mood are on no stretch"),
        ('begin="9" end="11"', 'begin="x" end="11"', "1 annotations of webanno.custom.Mood are on no stretch"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_read(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in SAMPLE
    found, findings = read_one(a_file(tmp_path, SAMPLE.replace(old, new)))
    assert any(re.search(reason, problem.reason) for problem in findings.problems)
    assert ("PER", "Ana Ruiz") in marked(found)


BOMB = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (SAMPLE[:900], r"it is no whole XML: .* \(line 13\)"),
        (SAMPLE.replace("<xmi:XMI", f"{BOMB}<xmi:XMI"), "it declares a document type"),
        (SAMPLE.replace("cas:Sofa", "cas:Sofar"), "it has no text"),
        (SAMPLE.replace("She left.", "&nbsp;"), "it is no whole XML: undefined entity"),
        ("<a/>", "it is XML, but no XMI"),
        (SAMPLE.replace("<cas:NULL", "<a><b><c><d/></c></b></a><cas:NULL"), "it is nested too deeply"),
        ("", "it is no whole XML: no element found"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(tmp_path: Path, words: str, reason: str) -> None:
    with pytest.raises(FormatError, match=rf"doc\.xmi.*{reason}"):
        read_all(XMI, a_file(tmp_path, words))


def test_what_a_library_says_of_a_file_is_told_as_far_as_one_reads(tmp_path: Path) -> None:
    path = tmp_path / "made.xmi"
    path.write_text(f'<?xml version="1.0" encoding="UTF{"9" * 5_000}"?><a/>', encoding="utf-8")
    with pytest.raises(FormatError, match="unknown encoding") as raised:
        read_all(XMI, path)
    assert len(str(raised.value)) < 2_000


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("{", "it is no JSON"),
        ("[]", "no document of UIMA's"),
        ("[" * 200_000, "nested too deeply"),
        ('{"%FEATURE_STRUCTURES": []}', "no text"),
    ],
)
def test_json_that_cannot_be_read_is_a_sentence(tmp_path: Path, words: str, reason: str) -> None:
    with pytest.raises(FormatError, match=rf"doc\.json.*{reason}"):
        read_all(JSON, a_file(tmp_path, words, name="doc.json"))


@BOTH
def test_what_is_not_there_or_cannot_be_written_is_a_sentence(
    corpus: SnapshotCorpus, tmp_path: Path, tool: UimaCas
) -> None:
    (tmp_path / "nothing").mkdir()
    for path in (tmp_path / "none.xmi", tmp_path / "nothing"):
        with pytest.raises(FormatError, match=path.name):
            read_all(tool, path)
    with pytest.raises(FormatError, match="could not be written"):
        written(tool, corpus, tmp_path / "no folder" / "out")


def test_a_broken_file_spoils_no_other_and_a_broken_type_system_is_told(tmp_path: Path) -> None:
    a_file(tmp_path, name="good.xmi")
    a_file(tmp_path, SAMPLE[:900], name="bad.xmi")
    (found,), findings = read_all(XMI, tmp_path)
    assert len(found.mentions) == 6
    assert [problem.file for problem in findings.problems] == ["bad.xmi"]
    a_file(tmp_path / "other", types=f"{BOMB}{TYPES}")
    _, findings = read_all(XMI, tmp_path / "other")
    assert "its TypeSystem.xml was left aside: it declares a document type" in findings.problems[0].reason


def test_a_project_that_inception_exports_is_one_article_for_each_text(tmp_path: Path) -> None:
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for place, person in (("annotation", "ana"), ("annotation", "bo"), ("curation", "CURATION_USER")):
            inner = BytesIO()
            with zipfile.ZipFile(inner, "w") as own:
                own.writestr(f"{person}.xmi", SAMPLE)
                own.writestr("TypeSystem.xml", TYPES)
            archive.writestr(f"{place}/doc.txt/{person}.zip", inner.getvalue())
        archive.writestr("exportedproject.json", "{}")
    assert XMI.recognises(packed, packed.read_bytes()[:4096])
    assert not JSON.recognises(packed, packed.read_bytes()[:4096])
    found, findings = read_one(packed)
    assert findings.problems == []
    assert {mention.annotator for mention in found.mentions} == {"ana", "bo", "CURATION_USER"}


@BOTH
def test_each_knows_its_own_folders_and_no_other(corpus: SnapshotCorpus, tmp_path: Path, tool: UimaCas) -> None:
    written(tool, corpus, tmp_path / "out")
    (tmp_path / "tsv").mkdir()
    assert [one.key for one in (XMI, JSON) if one.recognises(tmp_path / "out", b"")] == [tool.key]
    assert not tool.recognises(tmp_path / "tsv", b"")


def test_control_characters_come_back_although_xml_cannot_hold_them(tmp_path: Path) -> None:
    text = "Ana\x0bsaid\x01 it 🙂."
    for tool in (XMI, JSON):
        losses = written_from_memory(tool, corpus_of([FoundArticle(text, "", "")]), tmp_path / tool.key)
        found, findings = read_all(tool, tmp_path / tool.key)
        assert ([one.text for one in found], findings) == ([text], Findings())
        assert losses.counts == ({"characters that XML cannot hold stand as \ufffd": 2} if tool is XMI else {})


def test_xml_1_1_with_control_characters_is_read(tmp_path: Path) -> None:
    words = SAMPLE.replace('version="1.0"', 'version="1.1"').replace("She", "S&#11;he&#x1F;")
    found, findings = read_one(a_file(tmp_path, words))
    assert found.text.endswith("S\ufffdhe\ufffd left.")
    assert [problem.reason for problem in findings.problems] == ["2 control characters were read as \ufffd"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_broken_files_end_in_sentences(tmp_path: Path, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from((SAMPLE, TYPES, as_json())))
    path = tmp_path / ("doc.json" if whole.startswith("{") else "doc.xmi")
    changed = broken_variant(whole.encode(), data, rb"\ud83d&#0;&#xD800;")
    path.write_bytes(SAMPLE.encode() if whole == TYPES else changed)
    (tmp_path / "TypeSystem.xml").write_bytes(changed if whole == TYPES else TYPES.encode())
    findings = Findings()
    tool = JSON if path.suffix == ".json" else XMI
    try:
        articles = list(tool.read(path, findings))
    except FormatError:
        return
    for found in articles:
        assert all(mention.spans[-1].end <= len(found.text) for mention in found.mentions)
        with TemporaryDirectory(dir=tmp_path) as folder:
            list(tool.write(corpus_of([found]), Path(folder, "out"), Losses()))


def as_json() -> str:
    """A small document, a structure a line."""
    structures = [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": "🙂 Ana said no."},
        {"%ID": 2, "%TYPE": "webanno.custom.Claim", "@sofa": 1, "begin": 11, "end": 13, "act": "states", "@roles": 3},
        {"%ID": 3, "%TYPE": "webanno.custom.ClaimRolesLink[]", "%ELEMENTS": [4, 5]},
        {"%ID": 4, "%TYPE": "webanno.custom.ClaimRolesLink", "role": "cue", "@target": 6},
        {"%ID": 5, "%TYPE": "webanno.custom.ClaimRolesLink", "role": "within", "@target": 2},
        {"%ID": 6, "%TYPE": "webanno.custom.Cue", "@sofa": 1, "begin": 7, "end": 11},
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in structures)
    return f'{{"%TYPES": {{}}, "%FEATURE_STRUCTURES": [\n{lines}\n], "%VIEWS": {{}}}}'
