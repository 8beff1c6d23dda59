"""What tools for marking text have no place for is counted, and who made what stays apart."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from annotator.domain.annotators import AnnotatorKind
from annotator.domain.articles import TextQuality
from annotator.domain.comments import Comment
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.decisions import Decision, Verdict
from annotator.domain.entities import Alias, AliasKind, Entity, Place, PlaceLevel
from annotator.domain.found import Losses
from annotator.domain.ids import CommentId, DecisionId, LinkId, ZoneId
from annotator.domain.links import Between, Link
from annotator.domain.selections import Selection, parts_of
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.domain.zones import Zone
from annotator.formats.base import Writer
from annotator.formats.brat import BratReader, BratWriter
from annotator.formats.doccano import Doccano
from annotator.formats.label_studio import LabelStudio
from annotator.formats.regions import ENTITY_DETAILS, ENTITY_LINKS
from annotator.formats.registry import READERS, WRITERS
from annotator.formats.tei import Tei
from tests.building import (
    ANNA,
    BEN,
    make_annotator,
    make_article,
    make_assignment,
    make_claim,
    make_entity,
    make_mention,
    make_project,
    new_id,
    new_time,
)
from tests.formats.round_trip_brat import MemoryCorpus, read_all, written

TEXT = "Ana Ruiz said the bridge was safe."
PLAIN = make_entity("Ana Ruiz", aliases=(Alias("Ruiz"),))


@pytest.mark.parametrize(
    ("entity", "count"),
    [
        (PLAIN, 0),
        (replace(PLAIN, aliases=(Alias("Lion", AliasKind.NICKNAME),)), 1),
        (replace(PLAIN, description="A mayor"), 1),
        (replace(PLAIN, sectors=("GOV",)), 1),
        (replace(PLAIN, country="ESP"), 1),
        (replace(PLAIN, role="mayor"), 1),
        (replace(PLAIN, place=Place(PlaceLevel.SITE)), 1),
        (replace(PLAIN, attributes=(Value("age", ("7",)),)), 1),
    ],
)
def test_details_of_entities_are_counted(tmp_path: Path, entity: Entity, count: int) -> None:
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (entity,), (), ())
    assert written(Doccano(), corpus, tmp_path / "out.jsonl").counts == ({ENTITY_DETAILS: count} if count else {})


def test_two_people_of_one_name_stay_two_and_a_machine_predicts(tmp_path: Path) -> None:
    article = make_article(TEXT)
    mentions = [make_mention(article, TEXT, author=author, entity=PLAIN) for author in (ANNA, BEN)]
    annotated = AnnotatedArticle(article, TEXT, tuple(mentions), (), (), ())
    people = (make_annotator(ANNA, "Kim"), make_annotator(BEN, "Kim"))
    corpus = MemoryCorpus(make_project(), people, (PLAIN,), (), (annotated,))
    written(Doccano(), corpus, tmp_path / "out.jsonl")
    (found,), _ = read_all(Doccano(), tmp_path / "out.jsonl")
    assert [mention.annotator for mention in found.mentions] == ["Kim", f"Kim ({BEN.annotator[-6:]})"]
    corpus = replace(corpus, people=(people[0], replace(people[1], name="Model", kind=AnnotatorKind.MACHINE)))
    written(LabelStudio(), corpus, tmp_path / "out.json")
    (task,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [len(task[name]) for name in ("annotations", "predictions")] == [1, 1]
    assert task["predictions"][0]["model_version"] == "Model"


def test_doccano_s_numbers_count_through_the_file(tmp_path: Path) -> None:
    texts = (TEXT, TEXT + " Yes.")
    annotated = []
    for text in texts:
        article = make_article(text)
        claim = make_claim(article, text, "the bridge was safe", by="Ana Ruiz", cue="said")
        annotated.append(AnnotatedArticle(article, text, (make_mention(article, text),), (claim,), (), ()))
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (), (), tuple(annotated))
    written(Doccano(), corpus, tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [1, 2]
    assert [one["id"] for line in lines for one in line["entities"]] == [*range(1, 9)]
    assert [one["id"] for line in lines for one in line["relations"]] == [*range(1, 5)]
    for line in lines:
        own = {one["id"]: one["label"] for one in line["entities"]}
        arrows = [(own[one["from_id"]], own[one["to_id"]], one["type"]) for one in line["relations"]]
        assert sorted(arrows) == [("content", "cue", "cue"), ("content", "source", "source")]


def test_links_that_leave_an_article_and_those_of_entities_are_counted(tmp_path: Path) -> None:
    now, other = new_time(), make_entity("Bo")
    articles = [make_article(TEXT), make_article(TEXT + " Yes.")]
    claims = [make_claim(articles[n], TEXT) for n in (0, 0, 1)]
    ends = [
        (Between.CLAIMS, claims[0].id, claims[1].id),
        (Between.CLAIMS, claims[0].id, claims[2].id),
        (Between.ENTITIES, PLAIN.id, other.id),
    ]
    links = tuple(Link(LinkId(new_id()), "backs", *three, ANNA.annotator, now, now) for three in ends)
    annotated = (
        AnnotatedArticle(articles[0], TEXT, (), tuple(claims[:2]), (), ()),
        AnnotatedArticle(articles[1], TEXT + " Yes.", (), (claims[2],), (), ()),
    )
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (PLAIN, other), links, annotated)
    losses = written(Doccano(), corpus, tmp_path / "out.jsonl")
    assert losses.counts == {ENTITY_LINKS: 1, "links between claims of different articles": 1}
    found, _ = read_all(Doccano(), tmp_path / "out.jsonl")
    assert [[link.label for link in one.links] for one in found] == [["backs"], []]


def test_what_claims_and_articles_lose_is_counted(tmp_path: Path) -> None:
    article = make_article(TEXT, text_quality=TextQuality.OCR)
    claims = (make_claim(article, TEXT, about=(PLAIN.id,)), make_claim(article, TEXT, "the bridge"))
    annotated = AnnotatedArticle(article, TEXT, (), claims, (make_assignment(article),), ())
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (PLAIN,), (), (annotated,))
    assert written(Doccano(), corpus, tmp_path / "out.jsonl").counts == {
        "claims without whom they are about": 1,
        "articles without how far the work on them is": 1,
        "articles without the quality of their text": 1,
    }


@pytest.mark.parametrize(("types", "lost"), [(("A",), {}), (("A", "B", "C"), {"claims lost further event types": 2})])
def test_an_event_of_brat_s_has_one_type(tmp_path: Path, types: tuple[str, ...], lost: dict[str, int]) -> None:
    article = make_article(TEXT)
    claim = make_claim(article, TEXT, attributes=(Value("event_type", types),))
    annotated = AnnotatedArticle(article, TEXT, (), (claim,), (), ())
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (), (), (annotated,))
    assert written(BratWriter(), corpus, tmp_path / "out").counts == lost
    (found,), _ = read_all(BratReader(), tmp_path / "out")
    assert found.claims[0].attributes == (Value("event_type", ("A",)),)


@dataclass(frozen=True, slots=True)
class Discussed(MemoryCorpus):
    """A corpus with comments on its entities."""

    on_entities: tuple[Comment, ...] = ()

    def entity_comments(self) -> Iterator[Comment]:
        return iter(self.on_entities)


@pytest.mark.parametrize("writer", [Doccano(), BratWriter(), Tei()], ids=lambda writer: writer.key)
def test_comments_decisions_and_what_is_said_of_links_are_counted(tmp_path: Path, writer: Writer) -> None:
    now, article = new_time(), make_article(TEXT)
    claims = (make_claim(article, TEXT), make_claim(article, TEXT, "the bridge"))
    asked = Comment(CommentId(new_id()), article.id, "Sure?", ANNA.annotator, now, now, about=claims[0].id)
    reply = replace(asked, id=CommentId(new_id()), text="Yes.", reply_to=asked.id)
    who = replace(asked, id=CommentId(new_id()), article=None, about=PLAIN.id)
    word = Decision(DecisionId(new_id()), article.id, Verdict.ACCEPT, (claims[0].id,), ANNA.annotator, now, now)
    link = Link(LinkId(new_id()), "backs", Between.CLAIMS, claims[0].id, claims[1].id, ANNA.annotator, now, now)
    dated, noted = replace(link, id=LinkId(new_id()), since="2020"), replace(link, id=LinkId(new_id()), note="so")
    annotated = AnnotatedArticle(article, TEXT, (), claims, (), (), decisions=(word,), comments=(asked, reply))
    corpus = Discussed(make_project(), (make_annotator(),), (PLAIN,), (link, dated, noted), (annotated,), (who,))
    counts = written(writer, corpus, tmp_path / "out").counts
    assert (counts["comments in threads"], counts["decisions of reviewers"]) == (3, 1)
    assert sum(count for what, count in counts.items() if "links" in what) == 2


WITHOUT_QT = [writer for writer in WRITERS if writer.key != "pdf"]
"""The core's tests run where no toolkit is."""


@pytest.mark.parametrize("writer", WITHOUT_QT, ids=lambda writer: writer.key)
def test_one_persons_work_goes_out_with_the_zones_of_others(tmp_path: Path, writer: Writer) -> None:
    now, article = new_time(), make_article(TEXT)
    claims = (make_claim(article, TEXT), make_claim(article, TEXT, "Ana Ruiz"))
    bens = Link(LinkId(new_id()), "backs", Between.CLAIMS, claims[0].id, claims[1].id, BEN.annotator, now, now)
    zone = Zone(ZoneId(new_id()), article.id, "caption", Span(0, 3), BEN.annotator, now, now)
    annotated = AnnotatedArticle(article, TEXT, (make_mention(article, TEXT),), claims, (), (zone,))
    people = (make_annotator(ANNA, "Anna"), make_annotator(BEN, "Ben"))
    whole = MemoryCorpus(make_project(), people, (), (bens,), (annotated,))
    ((_, part),) = parts_of(whole, Selection(annotators=(ANNA.annotator,)))
    assert list(part.links()) == [], "Ben drew it"
    losses = Losses()
    assert list(writer.write(part, tmp_path / f"out{writer.suffix}", losses)) == [1]
    reader = next((one for one in READERS if one.key == writer.key), None)
    if reader is not None and reader.key not in HAVE_NO_ZONES:
        (found,), findings = read_all(reader, tmp_path / f"out{writer.suffix}")
        assert [(one.kind, one.span) for one in found.zones] == [("caption", Span(0, 3))]
        assert (findings.problems, "Ben" in {one.annotator for one in found.zones}) == ([], False)


HAVE_NO_ZONES = {"conll2003", "conllu", "jsonl", "csv", "xlsx", "refi-qdc"}
