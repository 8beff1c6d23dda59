"""Corpora in memory, with everything that is awkward to write, and what a reader finds made comparable with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from annotator.domain.annotators import Annotator
from annotator.domain.attributes import CLAIM_FIELDS
from annotator.domain.claims import Claim, Source
from annotator.domain.comments import Comment
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Alias, AliasKind, Entity
from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.domain.identifiers import Identifier
from annotator.domain.ids import ClaimId, LinkId, MentionId, ZoneId
from annotator.domain.links import Between, Link
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.spans import Span, quoted
from annotator.domain.values import Value
from annotator.domain.zones import Zone
from annotator.formats.base import Reader, Writer
from tests.building import (
    ANNA,
    BEN,
    find,
    make_annotator,
    make_article,
    make_author,
    make_claim,
    make_entity,
    make_mention,
    make_project,
)

NEWS = (
    "Bridge 🌉 closed\r\n\r\n"
    "Ana Ruiz, mayor of Pul-e Khumri, told the Daily Post on Friday that the bridge\r\nwas shut. "
    "“It will hold,” Ruiz wrote in a tweet, “until spring.”\n\n\n"
    "Taliban-controlled districts of Baghlan Province, officials said, saw 15 dead.\u2028\n"
    "قال المتحدث إن الجسر آمن. \tEnd."
)
PLAIN = "Nothing here."


@dataclass(frozen=True, slots=True)
class MemoryCorpus:
    """domain.corpus.Corpus over records in memory."""

    project: Project
    people: tuple[Annotator, ...]
    things: tuple[Entity, ...]
    arrows: tuple[Link, ...]
    annotated: tuple[AnnotatedArticle, ...]

    def article_count(self) -> int:
        return len(self.annotated)

    def annotators(self) -> Iterator[Annotator]:
        return iter(self.people)

    def entities(self) -> Iterator[Entity]:
        return iter(self.things)

    def links(self) -> Iterator[Link]:
        return iter(self.arrows)

    def entity_comments(self) -> Iterator[Comment]:
        return iter(())

    def articles(self) -> Iterator[AnnotatedArticle]:
        return iter(self.annotated)


def rich_corpus() -> MemoryCorpus:
    """Two annotators; nested, crossing, discontiguous and sub-token mentions, an emoji, CRLF, right-to-left words,
    entities, a chain of claims, choices, comments, links and zones; and an article that nobody touched."""
    ana = make_entity(
        "Ana Ruiz",
        aliases=(Alias("Ruiz"), Alias("the \\ mayor\n2", AliasKind.TITLE)),
        ids=(Identifier("wikidata", "Q42"), Identifier("own", "a b/ü")),
    )
    post, baghlan = make_entity("Daily Post", "media outlet"), make_entity("Baghlan Province", "place")
    things = (ana, post, baghlan)
    article = make_article(
        NEWS, title="Bridge 🌉 closed", publisher="Daily Post", published="2021-08-20", url="https://x.example/1"
    )
    claims = _claims(article, ana, post)
    now = ANNA.now()
    link = Link(
        LinkId(ANNA.new_id()), "contradicts", Between.CLAIMS, claims[1].id, claims[2].id, ANNA.annotator, now, now
    )
    zones = tuple(
        Zone(ZoneId(ANNA.new_id()), article.id, kind, span, ANNA.annotator, now, now)
        for kind, span in (("headline", Span(0, 15)), ("caption", Span(NEWS.index("Ana"), NEWS.index("\n\n\n"))))
    )
    annotated = AnnotatedArticle(article, NEWS, _mentions(article, ana, baghlan, post), claims, (), zones)
    empty = AnnotatedArticle(make_article(PLAIN, title="Empty"), PLAIN, (), (), (), ())
    people = (make_annotator(ANNA, "Anna K."), make_annotator(BEN, "Ben"))
    return MemoryCorpus(make_project(), people, things, (link,), (annotated, empty))


def _mentions(article: Any, ana: Entity, baghlan: Entity, post: Entity) -> tuple[Mention, ...]:
    def one(*words: str, **fields: Any) -> Mention:
        return make_mention(article, NEWS, *words, **fields)

    return (
        one("🌉", label="other"),
        one("Ana Ruiz", entity=ana, note="who?\nask \\ her", attributes=(Value("seen", ("yes",)),)),
        one("Ana Ruiz, mayor of Pul-e Khumri", entity=ana, level="nominal"),
        one("Pul-e Khumri", label="location", used_as="place", unsure=True),
        one("Daily Post", entity=post),
        one("Daily Post", entity=post, author=BEN),
        one("Post on Friday", label="other"),
        one("bridge\r\nwas", label="other", attributes=(Value("about it", ("a", "b_c")),)),
        one("“It will hold,”", "“until spring.”", label="other"),
        one("Taliban"),
        one("bagh".capitalize() + "lan Province", label="location", entity=baghlan, used_as="actor"),
        one("rovince", label="other", author=BEN),
        one("dead.\u2028\nقال", label="other"),
        one("المتحدث", level="nominal", author=BEN),
    )


def _claims(article: Any, ana: Entity, post: Entity) -> tuple[Claim, ...]:
    outer = make_claim(article, NEWS, "Ana Ruiz, mayor of Pul-e Khumri", by="Daily Post", entity=post)
    inner = make_claim(
        article, NEWS, "the bridge\r\nwas shut", by="Ana Ruiz", entity=ana, cue="told", within=outer.id,
        stance="denies", wording="The bridge is shut.", note="sure?", attributes=(Value("seen", ("yes",)),),
    )  # fmt: skip
    both = make_claim(
        article, NEWS, "“It will hold,”", "“until spring.”", cue="wrote", medium="social media post", unsure=True
    )
    both = replace(both, sources=tuple(Source(find(NEWS, w), w, None) for w in ("Ruiz", "the Daily Post")))
    bens = make_claim(article, NEWS, "saw 15 dead", by="officials", cue="said", author=BEN)
    return (outer, inner, both, bens)


def seen_in(annotated: AnnotatedArticle, corpus: MemoryCorpus) -> dict[str, Any]:
    """What a format that carries everything a FoundArticle can hold would let a reader find."""
    names = {one.id: one.name for one in corpus.people}
    entities = {one.id: (one.kind, one.name, tuple(a.text for a in one.aliases), one.ids) for one in corpus.things}
    claims = {one.id: one for one in annotated.claims}
    article = annotated.article
    return {
        "about": (annotated.text, article.title, article.publisher, article.published, article.url),
        "mentions": _in_order(
            (
                m.label, m.spans, entities.get(m.entity) if m.entity else None, m.level, m.note, m.unsure,
                names[m.author], _with(m.attributes, used_as=m.used_as),
            )
            for m in annotated.mentions
        ),
        "claims": _in_order(
            (
                c.content, tuple((s.spans, entities[s.entity] if s.entity else None) for s in c.sources), c.cue,
                claims[c.within].content if c.within else (), c.note, names[c.author], _choices(c), c.attributes,
            )
            for c in annotated.claims
        ),
        "links": _in_order(
            (one.label, claims[ClaimId(one.origin)].content, claims[ClaimId(one.target)].content)
            for one in corpus.arrows
            if one.origin in claims and one.target in claims
        ),
        "zones": _in_order((zone.kind, zone.span, names[zone.author]) for zone in annotated.zones),
    }  # fmt: skip


def _in_order(records: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Sorted, whatever is in them: an entity may be there or not."""
    return sorted(records, key=repr)


def _with(attributes: tuple[Value, ...], **more: str) -> tuple[Value, ...]:
    added = [Value(key, (value,)) for key, value in more.items() if value]
    return tuple(sorted([*attributes, *added], key=lambda value: value.key))


def _choices(claim: Claim) -> tuple[tuple[str, str], ...]:
    chosen = {name: str(getattr(claim, name)) for name in CLAIM_FIELDS - {"about", "said_on"} if getattr(claim, name)}
    return tuple(sorted({**chosen, **({"unsure": "yes"} if claim.unsure else {})}.items()))


def seen_by(found: FoundArticle) -> dict[str, Any]:
    """What a reader found, in the same form; the file's keys, which mean nothing beyond it, are resolved."""
    entities = {one.key: (one.kind, one.name, one.aliases, one.ids) for one in found.entities}
    mentions = {one.key: one for one in found.mentions}
    claims = {one.key: one for one in found.claims}

    def entity(mention: str) -> Any:
        return entities.get(mentions[mention].entity) if mention else None

    return {
        "about": (found.text, found.title, found.publisher, found.published, found.url),
        "mentions": _in_order(
            (m.label, m.spans, entities.get(m.entity), m.level, m.note, m.unsure, m.annotator, m.attributes)
            for m in found.mentions
        ),
        "claims": _in_order(
            (
                c.content, tuple((s.spans, entity(s.mention)) for s in c.sources), c.cue,
                claims[c.within].content if c.within else (), c.note, c.annotator,
                tuple(sorted(c.choices)), c.attributes,
            )
            for c in found.claims
        ),
        "links": _in_order((one.label, claims[one.origin].content, claims[one.target].content) for one in found.links),
        "zones": _in_order((zone.kind, zone.span, zone.annotator) for zone in found.zones),
    }  # fmt: skip


def corpus_of(articles: Iterable[FoundArticle]) -> MemoryCorpus:
    """A corpus that holds what was found: mentions, claims and who annotated, as an import would make it."""
    authors: dict[str, Any] = {}
    annotated = [_taken(found, authors) for found in articles]
    people = tuple(make_annotator(author, name or "nobody") for name, author in authors.items())
    return MemoryCorpus(make_project(), people, (), (), tuple(annotated))


def _taken(found: FoundArticle, authors: dict[str, Any]) -> AnnotatedArticle:
    article = make_article(found.text, title=found.title)
    ids = count()

    def common(annotator: str, spans: tuple[Span, ...]) -> dict[str, Any]:
        author = authors.setdefault(annotator, make_author())
        now = author.now()
        made = {"article": article.id, "author": author.annotator, "created": now, "changed": now}
        return {**made, "quote": quoted(found.text, spans)}

    mentions = tuple(
        Mention(MentionId(f"m{next(ids)}"), label=m.label, spans=m.spans, note=m.note, **common(m.annotator, m.spans))
        for m in found.mentions
    )
    claims = tuple(
        Claim(
            ClaimId(c.key), content=c.content, cue=c.cue, within=ClaimId(c.within) if c.within else None,
            sources=tuple(Source(s.spans, quoted(found.text, s.spans)) for s in c.sources),
            attributes=c.attributes, **common(c.annotator, c.content),
        )
        for c in found.claims
    )  # fmt: skip
    return AnnotatedArticle(article, found.text, mentions, claims, (), ())


def read_all(reader: Reader, path: Path) -> tuple[list[FoundArticle], Findings]:
    """Everything a reader finds."""
    findings = Findings()
    return list(reader.read(path, findings)), findings


def written(writer: Writer, corpus: Any, target: Path) -> Losses:
    """Writes a corpus and answers what was lost."""
    losses = Losses()
    assert list(writer.write(corpus, target, losses)) == list(range(1, corpus.article_count() + 1))
    return losses


def contents(path: Path) -> dict[str, bytes]:
    """A file's bytes, or all files' of a folder, by name."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in files}
