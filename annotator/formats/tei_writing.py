"""One article as a TEI element: header, text in paragraphs, and beside it spans, fields, links and events."""

import re
from collections.abc import Iterator

from annotator.domain.articles import Article
from annotator.domain.claims import Claim, Source
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.events import Quantity, When
from annotator.domain.found import Losses
from annotator.domain.ids import EntityId
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.formats.regions import Arrow, Names, Region
from annotator.formats.tei_entities import ENTITY, PERSON, typed, word
from annotator.formats.xml_parts import Spelling

REGION = "r-"
"""What the xml:ids of spans begin with."""
_FIELDS, _TEXT, _EVENT = "f-", "t-", "v-"
_BREAK = re.compile("[ \t]*[\r\n][ \t\r\n]*")
_PIECE = 1_000_000
"""Code points in one run of text: parsers refuse runs of more than ten million bytes."""
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?)?)?")


class Articles:
    """Writes articles one after another."""

    def __init__(self, names: Names, spelling: Spelling, losses: Losses) -> None:
        self._names, self._spelling, self._losses = names, spelling, losses
        self._by = {name: f"#{PERSON}{id_}" for id_, name in names.annotators.items()}

    def written(self, annotated: AnnotatedArticle) -> Iterator[str]:
        """The TEI element in pieces."""
        article = annotated.article
        yield self._spelling.tag("TEI", {"xml:id": f"a-{article.id}", "xml:lang": article.language}, "\n").removesuffix(
            "</TEI>"
        )
        yield self._header(article)
        yield f"<text>{self._body(article.id, annotated.text)}</text>\n"
        beside = "".join(self._beside(annotated))
        yield f"<standOff>\n{beside}</standOff>\n" if beside else ""
        yield "</TEI>\n"

    def _header(self, article: Article) -> str:
        tag, words = self._spelling.tag, self._spelling.words
        title = tag("title", {}, words(article.title))
        author = tag("author", {}, words(article.byline)) if article.byline else ""
        bibl = title + author
        if article.publisher:
            bibl += tag("publisher", {}, words(article.publisher))
        if article.published:
            bibl += self._date(article.published)
        if article.url:
            bibl += tag("ref", {"target": "".join(article.url.split())}, words(article.url))
        language = ""
        if article.language:
            one = tag("language", {"ident": article.language}, words(article.language))
            language = f"<profileDesc><langUsage>{one}</langUsage></profileDesc>\n"
        return (
            f"<teiHeader>\n<fileDesc><titleStmt>{title}{author}</titleStmt>"
            "<publicationStmt><p>Part of an export.</p></publicationStmt>"
            f"<sourceDesc><bibl>{bibl}</bibl></sourceDesc></fileDesc>\n{language}</teiHeader>\n"
        )

    def _date(self, said: str) -> str:
        fits = said if _DAY.fullmatch(said) else ""
        return self._spelling.tag("date", {"when": fits}, self._spelling.words(said))

    def _body(self, id_: str, text: str) -> str:
        """The text, whole and in its order; blanks at line ends stand between the paragraphs."""
        pieces: list[str] = []
        at = 0
        for match in _BREAK.finditer(text):
            pieces += [self._paragraph(text[at : match.start()]), self._spelling.words(match.group())]
            at = match.end()
        pieces.append(self._paragraph(text[at:]))
        return self._spelling.tag("body", {"xml:id": f"{_TEXT}{id_}", "xml:space": "preserve"}, "".join(pieces))

    def _paragraph(self, text: str) -> str:
        if not text:
            return ""
        runs = [self._spelling.words(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE)]
        return self._spelling.tag("p", {}, runs[0] if len(runs) == 1 else "".join(f"<seg>{run}</seg>" for run in runs))

    def _beside(self, annotated: AnnotatedArticle) -> Iterator[str]:
        sheet = self._names.sheet(annotated, self._losses)
        body = annotated.article.id
        claims = {claim.id for claim in annotated.claims}
        fields: list[str] = []
        for kind in ("mentions", "claims"):
            own = [one for one in sheet.regions if (one.key.partition(".")[0] in claims) == (kind == "claims")]
            spans = [self._span(region, body, fields) for region in own]
            yield self._group("spanGrp", kind, spans)
        zones = [
            self._spelling.tag(
                "span",
                {**typed(zone.kind), "resp": self._by.get(zone.annotator, ""), "target": _target(body, (zone.span,))},
            )
            for zone in sheet.zones
        ]
        yield self._group("spanGrp", "zones", zones)
        yield self._group("linkGrp", "arrows", [self._link(arrow) for arrow in sheet.arrows])
        yield "".join(f"{one}\n" for one in fields)
        events = [self._event(claim) for claim in annotated.claims if claim.event]
        yield self._group("listEvent", "", events)
        yield from (f"{note}\n" for claim in annotated.claims for note in self._notes(claim))

    def _group(self, name: str, kind: str, inside: list[str]) -> str:
        if not inside:
            return ""
        return self._spelling.tag(name, {"type": kind}, "\n".join(["", *inside, ""])) + "\n"

    def _span(self, region: Region, body: str, fields: list[str]) -> str:
        fs = self._fields(region)
        if fs:
            fields.append(fs)
        said = {
            "xml:id": f"{REGION}{region.key}",
            **typed(region.label),
            "resp": self._by[region.annotator],
            "target": _target(body, region.spans),
            "corresp": f"#{ENTITY}{region.entity}" if region.entity else "",
            "cert": "low" if region.unsure else "",
            "ana": f"#{_FIELDS}{region.key}" if fs else "",
        }
        return self._spelling.tag("span", said, self._spelling.words(region.note) if region.note else None)

    def _fields(self, region: Region) -> str:
        """A feature structure of what a span has no attribute for; empty when there is nothing."""
        pairs = (("level", region.level), *region.choices)
        parts = [self._feature(Value(name, (said,))) for name, said in pairs if said]
        if region.attributes:
            own = "".join(map(self._feature, region.attributes))
            parts.append(self._spelling.tag("f", {"name": "attributes"}, self._spelling.tag("fs", {}, own)))
        return self._spelling.tag("fs", {"xml:id": f"{_FIELDS}{region.key}"}, "".join(parts)) if parts else ""

    def _feature(self, value: Value) -> str:
        strings = "".join(self._spelling.tag("string", {}, self._spelling.words(said)) for said in value.values)
        inside = strings if len(value.values) == 1 else f"<vColl>{strings}</vColl>"
        return self._spelling.tag("f", typed(value.key, "name"), inside)

    def _link(self, arrow: Arrow) -> str:
        ends = f"#{REGION}{arrow.origin} #{REGION}{arrow.target}"
        return self._spelling.tag("link", {**typed(arrow.label), "resp": self._by[arrow.annotator], "target": ends})

    def _event(self, claim: Claim) -> str:
        event = claim.event
        tag, words = self._spelling.tag, self._spelling.words
        parts = [tag("label", {}, words(event.type or "event"))]
        choices = (("mode", event.mode), ("relation", event.relation))
        parts += [tag("note", {"type": kind}, words(said)) for kind, said in choices if said]
        people = (("actor", event.actors), ("recipient", event.recipients))
        parts += [tag("note", {"type": kind}, self._name(one)) for kind, ends in people for one in ends]
        if event.date:
            parts.append(tag("note", {"type": "date"}, self._when(event.date)))
        parts += [tag("note", {"type": "quantity"}, self._quantity(quantity)) for quantity in event.quantities]
        said = {
            "xml:id": f"{_EVENT}{claim.id}",
            **typed(event.type),
            "corresp": f"#{REGION}{claim.id}",
            "where": f"#{ENTITY}{event.place}" if event.place else "",
        }
        return tag("event", said, "".join(parts))

    def _quantity(self, quantity: Quantity) -> str:
        tag, words = self._spelling.tag, self._spelling.words
        numbers = (quantity.best, quantity.low, quantity.high)
        number, least, most = (str(one) if one is not None else "" for one in numbers)
        inside = words(quantity.words)
        if least or most:
            inside = tag("num", {"atLeast": least, "atMost": most}, inside)
        whom = self._name(quantity.whom) if quantity.whom else ""
        return tag("measure", {"quantity": number, "commodity": word(quantity.what)}, inside) + whom

    def _notes(self, claim: Claim) -> Iterator[str]:
        """What a claim says beside its parts and its event."""
        if claim.addressee:
            yield self._note(claim, "addressee", self._end(claim.addressee))
        if claim.said_on:
            yield self._note(claim, "said_on", self._when(claim.said_on))
        for entity in claim.about:
            yield self._note(claim, "about", self._name(entity))
        if claim.medium_spans:
            yield self._note(claim, "medium", self._spelling.words(claim.medium_quote))

    def _note(self, claim: Claim, kind: str, inside: str) -> str:
        return self._spelling.tag("note", {"type": kind, "target": f"#{REGION}{claim.id}"}, inside)

    def _end(self, source: Source) -> str:
        if source.entity is None or source.entity not in self._names.entities:
            return self._spelling.words(source.quote)
        return self._name(source.entity, source.quote)

    def _name(self, entity: EntityId, quote: str = "") -> str:
        known = self._names.entities.get(entity)
        name = quote or (known.name if known else "")
        return self._spelling.tag("name", {"ref": f"#{ENTITY}{entity}" if known else ""}, self._spelling.words(name))

    def _when(self, when: When) -> str:
        ends = {"notBefore": when.earliest, "notAfter": when.latest}
        fitting = {name: said for name, said in ends.items() if _DAY.fullmatch(said)}
        return self._spelling.tag("date", fitting, self._spelling.words(when.words))


def _target(body: str, spans: tuple[Span, ...]) -> str:
    return " ".join(f"#string-range({_TEXT}{body},{span.start},{len(span)})" for span in spans)
