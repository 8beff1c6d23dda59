"""A project with everything that is hard for a format, and what a reader should find of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.domain.articles import Article
from annotator.domain.claims import Claim, Source
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.edits import EditKind, Record
from annotator.domain.entities import Alias, Entity
from annotator.domain.events import Event
from annotator.domain.found import Findings, FoundArticle, FoundClaim, FoundMention, Losses
from annotator.domain.identifiers import Identifier
from annotator.domain.ids import LinkId, ZoneId
from annotator.domain.links import Between, Link
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span, quoted
from annotator.domain.values import Value
from annotator.domain.zones import Zone
from annotator.formats.base import Reader, Writer
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import (
    ANNA,
    BEN,
    a_project,
    add_article,
    find,
    made,
    make_author,
    make_claim,
    make_entity,
    make_mention,
    new_id,
)

VALLEY = (
    "Fighters retake valley 🙂\r\n\r\n"
    "Taliban-controlled districts in Baghlan Province fell, the Post wrote 🇦🇫 on Friday.\r\n"
    "“We hold three districts,” Ana Ruiz and Bo Salh said, adding: “and the bridge.”\u2028\u0085"
    "Ruiz denied\ta report that 15 were killed.\n"
)
RIGHT_TO_LEFT = "قال صالح إن القوات استعادت ثلاث مناطق يوم الجمعة 🙂."
SILENT = "Nothing is said here."
MACHINE = make_author()
Canonical = dict[str, Any]


@contextmanager
def hard_corpus(folder: Path) -> Iterator[SnapshotCorpus]:
    """The project, read as writers read it."""
    project = a_project(folder, with_ben=True)
    now = MACHINE.now()
    project.apply(
        made(Annotator(MACHINE.annotator, "pipeline 1", AnnotatorKind.MACHINE, now, now), kind=EditKind.JOIN), MACHINE
    )
    fields: dict[str, Any] = {
        "publisher": "Daily Post",
        "byline": "A. B.",
        "url": "https://example.org/1?a=b&c",
        "language": "en-GB",
    }
    valley = add_article(project, VALLEY, title="Fighters “retake” valley", published="2021-08-21", **fields)
    arabic = add_article(project, RIGHT_TO_LEFT, title="", language="ar")
    add_article(project, SILENT, title="Silent")
    records = [*_valley(valley), *_arabic(arabic)]
    project.apply(made(*records), ANNA)
    project.save_copy(folder / "copy.annot")
    project.close()
    corpus = SnapshotCorpus(folder / "copy.annot")
    try:
        yield corpus
    finally:
        corpus.close()


def _valley(article: Article) -> list[Record]:
    text = VALLEY
    ids = (Identifier("wikidata", "Q42"), Identifier("team", "7: b"))
    ruiz = make_entity("Ana Ruiz", ids=ids, aliases=(Alias("Ruiz"), Alias("A. “R”")), country="ESP")
    salh = make_entity("Bo Salh")
    place = make_entity("Baghlan", "place", ids=(Identifier("geonames", "1147537"),))
    taliban = make_entity("Taliban", "armed group", ids=(Identifier("uri", "https://example.org/taliban"),))
    post = make_entity("the Post", "media outlet")
    by_ruiz = make_mention(article, text, "Ana Ruiz", entity=ruiz)
    again = at(make_mention(article, text, "Ruiz", entity=ruiz, level="nominal"), text, text.index("Ruiz denied"), 4)
    mentions = [
        by_ruiz,
        again,
        make_mention(article, text, "Taliban", entity=taliban, attributes=(Value("side", ("a", "b")),)),
        make_mention(
            article, text, "Taliban-controlled districts in Baghlan", label="other", note='crossing: "a"\n— b'
        ),
        make_mention(article, text, "districts in Baghlan Province", label="other", unsure=True),
        make_mention(article, text, "Baghlan Province", label="location", entity=place, used_as="modifier"),
        make_mention(article, text, "Baghlan", label="location", entity=place, author=BEN),
        make_mention(article, text, "Ana Ruiz", entity=ruiz, author=BEN),
        make_mention(article, text, "Post", entity=post, author=MACHINE),
        make_mention(article, text, "Post", label="other", author=MACHINE),
        make_mention(article, text, "alley 🙂", label="other"),
        make_mention(article, text, "🙂", label="other"),
        make_mention(article, text, "retake", "districts", "Friday", label="other", note="three pieces"),
        make_mention(article, text, "valley 🙂\r\n\r\nTaliban", label="other"),
        make_mention(article, text, "Bo Salh", entity=salh, note="x"),
    ]
    outer = make_claim(
        article, text, "Taliban-controlled districts in Baghlan Province fell", by="the Post", cue="wrote"
    )
    inner = make_claim(article, text, "We hold three districts", "and the bridge", within=outer.id, stance="doubts")
    sources = tuple(
        Source(find(text, who.name), who.name, who.id) for who in (ruiz, salh)
    )  # fmt: skip
    inner = replace(inner, sources=sources, cue=find(text, "said", "adding"), cue_quote="said … adding", note="two")
    deep = make_claim(
        article, text, "15 were killed", within=inner.id, author=BEN, wording="15 people died.", unsure=True
    )
    deep = replace(deep, sources=(Source((), "", ruiz.id), Source((), "", post.id)), event=Event(type="FIGHT"))
    bare = make_claim(article, text, "the bridge", author=BEN)
    start = text.index("Ruiz denied")
    shifted = (Span(start, start + 4),)
    bare = replace(bare, sources=(Source(shifted, "Ruiz", None),), attributes=(Value("check", ("yes",)),))
    return [
        ruiz, salh, place, taliban, post, *mentions, outer, inner, deep, bare,
        _link("contradicts", deep, bare), _link("same event", outer, deep, BEN),
        _zone(article, "headline", Span(0, 24)), _zone(article, "caption", Span(30, 60), BEN),
    ]  # fmt: skip


def _arabic(article: Article) -> list[Record]:
    saleh = make_entity("صالح")
    mention = make_mention(article, RIGHT_TO_LEFT, "صالح", entity=saleh)
    claim = make_claim(article, RIGHT_TO_LEFT, "القوات استعادت ثلاث مناطق", by="صالح", cue="قال", entity=saleh)
    return [saleh, mention, claim, _zone(article, "summary", Span(0, 3))]


def at(mention: Mention, text: str, start: int, length: int) -> Mention:
    """The mention at another place."""
    spans = (Span(start, start + length),)
    return replace(mention, spans=spans, quote=quoted(text, spans))


def _link(label: str, origin: Claim, target: Claim, author: Any = ANNA) -> Link:
    now = author.now()
    return Link(LinkId(new_id()), label, Between.CLAIMS, origin.id, target.id, author.annotator, now, now)


def _zone(article: Article, kind: str, span: Span, author: Any = ANNA) -> Zone:
    now = author.now()
    return Zone(ZoneId(new_id()), article.id, kind, span, author.annotator, now, now)


class Tool(Writer, Reader, Protocol):
    """A format that goes both ways."""


def written(writer: Writer, corpus: Corpus, target: Path) -> Losses:
    """Writes target whole and tells what was lost; twice, to see that the bytes are the same."""
    losses = Losses()
    assert list(writer.write(corpus, target, losses)) == [1, 2, 3]
    if target.is_file():
        again = target.with_name(f"again{target.suffix}")
        list(writer.write(corpus, again, Losses()))
        assert again.read_bytes() == target.read_bytes()
        again.unlink()
    return losses


def read_all(reader: Reader, path: Path) -> tuple[list[FoundArticle], Findings]:
    """Everything that a reader finds."""
    findings = Findings()
    return list(reader.read(path, findings)), findings


def expected(corpus: Corpus) -> list[Canonical]:
    """What a format that loses nothing gives back."""
    entities = {entity.id: entity for entity in corpus.entities()}
    names = {annotator.id: annotator.name for annotator in corpus.annotators()}
    links = list(corpus.links())
    return [_wanted(annotated, entities, names, links) for annotated in corpus.articles()]


def _wanted(annotated: AnnotatedArticle, entities: dict[Any, Entity], names: dict[Any, str], links: list[Link]) -> Any:
    article = annotated.article
    claims = {claim.id: claim for claim in annotated.claims}
    used = {mention.entity for mention in annotated.mentions if mention.entity}
    return {
        "text": annotated.text,
        "fields": (article.title or annotated.text, article.publisher, article.byline, article.url, article.published),
        "language": article.language,
        "entities": sorted(_entity(entities[key]) for key in used),
        "mentions": sorted(
            (
                m.label,
                m.spans,
                entities[m.entity].name if m.entity else "",
                (m.level, m.note, m.unsure, names[m.author]),
                sorted([*_values(m.attributes), *([("used_as", (m.used_as,))] if m.used_as else [])]),
            )
            for m in annotated.mentions
        ),
        "claims": sorted(
            (
                c.content,
                sorted((s.spans, entities[s.entity].name if s.entity else "") for s in c.sources),
                c.cue,
                claims[c.within].content if c.within else (),
                (c.note, names[c.author], c.act, c.stance, c.wording, "yes" if c.unsure else ""),
                sorted(_values(c.attributes)),
            )
            for c in annotated.claims
        ),
        "links": sorted(
            (one.label, claims[one.origin].content, claims[one.target].content, names[one.author])  # type: ignore[index]
            for one in links
            if one.origin in claims
        ),
        "zones": sorted((zone.kind, zone.span, names[zone.author]) for zone in annotated.zones),
    }


def _entity(entity: Entity) -> tuple[Any, ...]:
    aliases = tuple(alias.text for alias in entity.aliases)
    return entity.name, entity.kind, aliases, tuple(sorted(map(str, entity.ids)))


def _values(attributes: tuple[Value, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(value.key, value.values) for value in attributes]


def canonical(found: FoundArticle) -> Canonical:
    """What was found, without the keys, which differ between formats."""
    names = {entity.key: entity.name for entity in found.entities}
    mentions = {mention.key: mention for mention in found.mentions}
    claims = {claim.key: claim for claim in found.claims}
    return {
        "text": found.text,
        "fields": (found.title, found.publisher, found.byline, found.url, found.published),
        "language": found.language,
        "entities": sorted((e.name, e.kind, e.aliases, tuple(sorted(map(str, e.ids)))) for e in found.entities),
        "mentions": sorted(
            (
                m.label,
                m.spans,
                names[m.entity] if m.entity else "",
                (m.level, m.note, m.unsure, m.annotator),
                sorted(_values(m.attributes)),
            )
            for m in found.mentions
        ),
        "claims": sorted(_found_claim(claim, claims, mentions, names) for claim in found.claims),
        "links": sorted(
            (link.label, claims[link.origin].content, claims[link.target].content, link.annotator)
            for link in found.links
        ),
        "zones": sorted((zone.kind, zone.span, zone.annotator) for zone in found.zones),
    }


def _found_claim(
    claim: FoundClaim, claims: dict[str, FoundClaim], mentions: dict[str, FoundMention], names: dict[str, str]
) -> tuple[Any, ...]:
    chosen = dict(claim.choices)
    return (
        claim.content,
        sorted((s.spans, names[mentions[s.mention].entity] if s.mention else "") for s in claim.sources),
        claim.cue,
        claims[claim.within].content if claim.within else (),
        (claim.note, claim.annotator, *(chosen.get(name, "") for name in ("act", "stance", "wording", "unsure"))),
        sorted(_values(claim.attributes)),
    )
