"""Annotated articles of other programs come in: found records become records of the project, under mapped labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.domain.articles import Article, is_date, text_hash, title_of
from annotator.domain.authors import Author, Timestamp
from annotator.domain.claims import Claim, Source, guessed_manner
from annotator.domain.edits import Change, Edit, EditKind, Record
from annotator.domain.entities import Alias, Entity
from annotator.domain.found import Findings, FoundArticle, FoundClaim, FoundEntity, FoundMention
from annotator.domain.ids import AnnotatorId, ClaimId, EntityId, LinkId, MentionId, ZoneId
from annotator.domain.links import Between, Link
from annotator.domain.mentions import Mention
from annotator.domain.names import guessed_level
from annotator.domain.records import Records
from annotator.domain.schemas import Label, Schema
from annotator.domain.spans import Span, joined, quoted
from annotator.domain.values import value_of, with_value
from annotator.domain.zones import Zone
from annotator.editing.importing import Import, NewArticle, article_record, check_text
from annotator.errors import EditRefused

R = TypeVar("R", bound=Record)
LEAVE_OUT = ""
"""A foreign label mapped to this is not taken."""


@dataclass(slots=True)
class Bringing:
    """What is known from batch to batch of one import.

    labels maps the file's labels to keys of the schema, or to LEAVE_OUT; people are annotators by name, entities those
    made so far by the file's key.
    """

    labels: Mapping[str, str]
    findings: Findings
    people: dict[str, Annotator] = field(default_factory=dict)
    entities: dict[str, EntityId] = field(default_factory=dict)


class _SchemaWords:
    """What the schema has words for, looked up once for all that comes in together."""

    def __init__(self, schema: Schema, labels: Mapping[str, str]) -> None:
        by_key = {label.key: label for label in reversed(schema.labels)}
        self.labels = {foreign: by_key[key] for foreign, key in labels.items() if key in by_key}
        self.uses = next((choice.choices for choice in schema.mention_choices if choice.key == "used_as"), ())
        self.claim_choices = {
            choice.key: choice.choices for choice in schema.claim_choices if hasattr(Claim, choice.key)
        }
        self.starting_use = {label.key: schema.starting_use(label) for label in schema.labels}
        # Empty where the schema leaves it to a guess.
        self.level, self.manner, self.source_type = map(schema.start, ("level", "manner", "source_type"))
        self.kinds = {kind.key for kind in schema.kinds}
        self.zone_kinds = {kind.key for kind in schema.zone_kinds}
        self.links = {link.key for link in schema.links if link.between == Between.CLAIMS}


def take_found(records: Records, by: Author, articles: Sequence[FoundArticle], bringing: Bringing) -> Import:
    """Makes an edit of found articles. A text that is in the project already gets the annotations that it lacks.

    What does not fit (words that are not those of the text, unknown kinds and choices) is noted in the findings and
    left out; the rest comes in.
    """
    changes: list[Change] = []
    texts: dict[str, str] = {}
    here: dict[str, Article] = {}
    schema = _SchemaWords(records.schema, bringing.labels)
    for found in articles:
        try:
            check_text(found.text)
        except EditRefused as refusal:
            bringing.findings.problem(found.source, f"the text of “{found.title}” cannot be taken: {refusal}")
            continue
        taking = _Taking(records, by, bringing, found, schema)
        sha256 = text_hash(found.text)
        article = here.get(sha256) or records.article_with_text(sha256)
        if article is None:
            article = here[sha256] = article_record(by, _new(found), sha256, by.now())
            texts[sha256] = found.text
            changes.append(Change(None, article))
        changes += taking.changes(article, is_new=sha256 in texts)
    made = sum(isinstance(change.record, Article) for change in changes)
    subject = (str(made or len(articles)), articles[0].title if articles else "")
    return Import(Edit(EditKind.IMPORT, tuple(changes), subject), texts, ())


class _Taking:
    """One article on its way in."""

    def __init__(
        self, records: Records, by: Author, bringing: Bringing, found: FoundArticle, schema: _SchemaWords
    ) -> None:
        self._records, self._by, self._bringing, self._found = records, by, bringing, found
        self._schema = schema
        self._now: Timestamp = by.now()
        self._made: list[Change] = []
        self._mentions: dict[str, Mention] = {}
        self._claims: dict[str, ClaimId] = {}
        self._entities = {entity.key: entity for entity in found.entities}
        self._there: dict[object, Record] = {}

    def changes(self, article: Article, *, is_new: bool) -> list[Change]:
        """The changes for the article's annotations, entities and annotators among them."""
        if not is_new:
            self._there = {sign_of(record): record for record in self._records.annotations_in(article.id)}
        for mention in self._found.mentions:
            self._take_mention(article, mention)
        self._take_claims(article)
        self._take_links()
        for zone in self._found.zones:
            self._take_zone(article, zone.kind, zone.span, zone.annotator)
        return self._made

    def _add(self, record: R) -> R:
        """Adds a record unless the same is there already; answers the one that is there from now on."""
        sign = sign_of(record)
        there = self._there.setdefault(sign, record) if sign is not None else record
        if there is not record and isinstance(there, type(record)):
            self._bringing.findings.leave_out("annotations that the project has already")
            return there
        self._made.append(Change(None, record))
        return record

    def _problem(self, reason: str) -> None:
        self._bringing.findings.problem(self._found.source, reason)

    def _words(self, spans: tuple[Span, ...], quote: str = "") -> str | None:
        """The words of spans; None, with a problem noted, when they are not in the text or are other words."""
        text = self._found.text
        if not spans or spans[-1].end > len(text):
            self._problem(f"offsets {_offsets(spans)} reach beyond the text ({len(text):,} characters)")
            return None
        words = quoted(text, spans)
        # Two that are alike letter by letter are so for any blanks, which is what is looked at otherwise.
        if quote and quote != words and " ".join(quote.split()) != " ".join(words.replace(" … ", " ").split()):
            self._problem(f"at {_offsets(spans)} the file says “{quote[:40]}”, but the text has “{words[:40]}”")
            return None
        return words

    def _take_mention(self, article: Article, found: FoundMention) -> None:
        label = self._label(found.label)
        spans = joined(found.spans)
        words = self._words(spans, found.quote) if label is not None else None
        if label is None or words is None:
            return
        now = self._now
        entity = self._entity(found.entity, label) if found.entity and label.links_to_entity else None
        mention = Mention(
            id=MentionId(self._by.new_id()),
            article=article.id,
            label=label.key,
            spans=spans,
            quote=words,
            author=self._author(found.annotator),
            created=now,
            changed=now,
            entity=entity,
            level=found.level or self._schema.level or guessed_level(words),
            used_as=self._used_as(found) or self._schema.starting_use[label.key],
            unsure=found.unsure,
            note=found.note,
            attributes=with_value(found.attributes, "used_as", ()),
        )
        kept = self._add(mention)
        if found.key:
            self._mentions[found.key] = kept

    def _used_as(self, found: FoundMention) -> str:
        said = next(iter(value_of(found.attributes, "used_as")), "") if found.attributes else ""
        if said and said not in self._schema.uses:
            self._bringing.findings.leave_out("values of mentions that the schema does not have")
            return ""
        return said

    def _label(self, foreign: str) -> Label | None:
        label = self._schema.labels.get(foreign)
        if label is None:
            self._bringing.findings.leave_out(f"mentions labelled “{foreign}”")
        return label

    def _entity(self, key: str, label: Label) -> EntityId | None:
        known = self._bringing.entities.get(key)
        if known is not None:
            return known
        found = self._entities.get(key) or FoundEntity(key, key)
        kind = found.kind if found.kind in self._schema.kinds and found.kind in label.kinds else label.kinds[0]
        entity = self._there_already(found, kind)
        if entity is None:
            now = self._now
            made = Entity(EntityId(self._by.new_id()), kind, found.name.strip() or key, self._by.annotator, now, now)
            aliases = tuple(Alias(alias) for alias in dict.fromkeys(found.aliases) if not made.is_called(alias))
            self._made.append(Change(None, replace(made, aliases=aliases, ids=found.ids)))
            entity = made.id
        self._bringing.entities[key] = entity
        return entity

    def _there_already(self, found: FoundEntity, kind: str) -> EntityId | None:
        """An entity of the project that bears the same id in another register."""
        for known in found.ids:
            bearing = [e for e in self._records.entities_with_id(known.scheme, known.value) if e.kind == kind]
            if len(bearing) == 1:
                return bearing[0].id
        return None

    def _author(self, name: str) -> AnnotatorId:
        if not name:
            return self._by.annotator
        known = self._bringing.people.get(name)
        if known is None:
            now = self._now
            known = Annotator(AnnotatorId(self._by.new_id()), name, AnnotatorKind.PERSON, now, now)
            self._bringing.people[name] = known
            self._made.append(Change(None, known))
        return known.id

    def _take_claims(self, article: Article) -> None:
        waiting = list(self._found.claims)
        keys = {found.key for found in waiting}
        while waiting:
            ready = [f for f in waiting if not f.within or f.within in self._claims or f.within not in keys]
            if not ready:
                self._problem(
                    f"{len(waiting)} claims are quoted in each other in a circle; they were taken side by side"
                )
                ready = [replace(found, within="") for found in waiting]
            for found in ready:
                self._take_claim(article, found)
                keys.discard(found.key)
            done = {id(found) for found in ready} | {found.key for found in ready if found.key}
            waiting = [found for found in waiting if id(found) not in done and found.key not in done]

    def _take_claim(self, article: Article, found: FoundClaim) -> None:
        content = joined(found.content)
        words = self._words(content)
        if words is None:
            return
        cue = joined(found.cue)
        cue_words = self._words(cue) if cue else ""
        now, text = self._now, self._found.text
        sources = tuple(source for one in found.sources if (source := self._source(one.spans, one.mention)) is not None)
        guessed_type = "unspecified" if not sources else "named" if any(one.entity for one in sources) else "unnamed"
        start = {
            "source_type": self._schema.source_type or guessed_type,
            "manner": self._schema.manner or guessed_manner(text, content),
        }
        claim = Claim(
            id=ClaimId(self._by.new_id()),
            article=article.id,
            content=content,
            quote=words,
            author=self._author(found.annotator),
            created=now,
            changed=now,
            sources=sources,
            cue=cue if cue_words else (),
            cue_quote=cue_words or "",
            within=self._claims.get(found.within) if found.within else None,
            note=found.note,
            attributes=tuple(sorted(found.attributes, key=lambda value: value.key)),
            **start | self._choices(found),
        )
        kept = self._add(claim)
        if found.key:
            self._claims[found.key] = kept.id

    def _choices(self, found: FoundClaim) -> dict[str, Any]:
        known = self._schema.claim_choices
        taken: dict[str, Any] = {key: value for key, value in found.choices if value in known.get(key, ())}
        for key, value in found.choices:
            if key == "wording" and value.strip():
                taken[key] = value
            elif (key, value) == ("unsure", "yes"):
                taken[key] = True
        if len(taken) < len(found.choices):
            self._bringing.findings.leave_out("values of claims that the schema does not have")
        return taken

    def _source(self, spans: tuple[Span, ...], mention: str) -> Source | None:
        named = self._mentions.get(mention) if mention else None
        own = joined(spans) or (named.spans if named else ())
        words = self._words(own) if own else None
        return Source(own, words, named.entity if named else None) if words is not None else None

    def _take_links(self) -> None:
        for found in self._found.links:
            origin, target = self._claims.get(found.origin), self._claims.get(found.target)
            if found.label not in self._schema.links or origin is None or target is None or origin == target:
                self._bringing.findings.leave_out(f"links “{found.label}”")
                continue
            now = self._now
            id_, author = LinkId(self._by.new_id()), self._author(found.annotator)
            self._add(Link(id_, found.label, Between.CLAIMS, origin, target, author, now, now))

    def _take_zone(self, article: Article, kind: str, span: Span, annotator: str) -> None:
        if kind not in self._schema.zone_kinds:
            self._bringing.findings.leave_out(f"zones “{kind}”")
        elif self._words((span,)) is not None:
            now = self._now
            self._add(Zone(ZoneId(self._by.new_id()), article.id, kind, span, self._author(annotator), now, now))


def _new(found: FoundArticle) -> NewArticle:
    return NewArticle(
        text=found.text,
        title=found.title or title_of(found.text, found.source),
        publisher=found.publisher,
        byline=found.byline,
        url=found.url,
        published=found.published if is_date(found.published) else "",
        language=found.language,
        imported_from=found.source,
        encoding=found.encoding,
    )


def sign_of(record: object) -> object:
    """What makes two annotations the same: who, where, under which label or with which content."""
    match record:
        case Mention():
            return ("mention", record.author, record.label, record.spans)
        case Claim():
            return ("claim", record.author, record.content, tuple(source.spans for source in record.sources))
        case Zone():
            return ("zone", record.kind, record.span)
    return None


def _offsets(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"{span.start}–{span.end}" for span in spans) or "nowhere"
