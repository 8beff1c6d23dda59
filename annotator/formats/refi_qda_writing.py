"""Articles as text sources of a REFI-QDA project: a selection for each stretch, and links between selections."""

from collections.abc import Iterator

from annotator.domain.articles import Article
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.found import FoundZone, Losses
from annotator.domain.ids import derived_id, is_uuid
from annotator.formats.memos import memo
from annotator.formats.refi_qda_codes import ENTITY, LABEL, PART, PARTS, ZONE, Codes
from annotator.formats.regions import Arrow, Names, Region, in_pieces
from annotator.formats.xml_parts import Spelling

VARIABLES = {
    "publisher": "Publisher",
    "byline": "Byline",
    "url": "Web address",
    "published": "Published",
    "language": "Language",
}
"""What is known about an article, and the variables for it."""
_LONGEST_NAME = 80


class Sources:
    """Writes articles one after another, and remembers which labels and zones they had."""

    def __init__(self, project: str, names: Names, codes: Codes, spelling: Spelling, losses: Losses) -> None:
        self._project, self._names, self._codes = project, names, codes
        self._spelling, self._losses = spelling, losses
        self._guids = {name: str(id_) for id_, name in names.annotators.items()}
        self.labels: dict[str, None] = {}
        self.zones: dict[str, None] = {}

    def variable(self, name: str) -> str:
        """The GUID of a variable."""
        return derived_id(f"{self._project} variable {name}")

    def written(self, annotated: AnnotatedArticle) -> tuple[str, str]:
        """The text source, and the links between its selections."""
        article = annotated.article
        sheet = self._names.sheet(annotated, self._losses)
        regions, arrows = in_pieces(sheet)
        claims = {claim.id for claim in annotated.claims}
        times: dict[str, str] = {one.id: one.created for one in annotated.mentions}
        times |= {one.id: one.created for one in annotated.claims}
        signed = _signed(regions, arrows)
        selections = []
        for region in regions:
            first = region.key.partition(".")[0]
            role = PART if first in claims and region.label in PARTS else LABEL
            if role == LABEL:
                self.labels[region.label] = None
            selections.append(self._selection(annotated, region, role, times[first], signed.get(region.key, [])))
        for number, zone in enumerate(sheet.zones, start=1):
            self.zones[zone.kind] = None
            selections.append(self._zone(annotated, zone, f"{article.id}.zone{number}"))
        said = {
            "guid": article.id,
            "name": article.title or article.id,
            "plainTextPath": f"internal://{article.id}.txt",
            "creatingUser": self._user(article),
            "creationDateTime": article.created,
        }
        inside = "".join([*self._described(article), *selections, *self._values(article)])
        links = "".join(self._link(arrow) for arrow in arrows)
        return self._spelling.tag("TextSource", said, f"\n{inside}") + "\n", links

    def _user(self, article: Article) -> str:
        return str(article.author) if article.author in self._names.annotators else ""

    def _described(self, article: Article) -> Iterator[str]:
        if not article.title:
            yield self._description(memo("", [("title", "none")]))

    def _description(self, said: str) -> str:
        return self._spelling.tag("Description", {}, self._spelling.words(said)) + "\n" if said else ""

    def _values(self, article: Article) -> Iterator[str]:
        tag = self._spelling.tag
        for name in VARIABLES:
            if said := getattr(article, name):
                value = tag("TextValue", {}, self._spelling.words(said))
                yield tag("VariableValue", {}, tag("VariableRef", {"targetGUID": self.variable(name)}) + value) + "\n"

    def _selection(
        self, annotated: AnnotatedArticle, region: Region, role: str, when: str, signed: list[tuple[str, str]]
    ) -> str:
        fields = [("level", region.level), ("unsure", "yes" if region.unsure else ""), *region.choices]
        fields += [(f"@{value.key}", said) for value in region.attributes for said in value.values]
        codes = [self._codes.guid(role, region.label)]
        if region.entity:
            codes.append(self._codes.guid(ENTITY, region.entity))
        return self._whole(annotated, region, memo(region.note, [*fields, *signed]), codes, when)

    def _zone(self, annotated: AnnotatedArticle, zone: FoundZone, key: str) -> str:
        region = Region(key, zone.kind, (zone.span,), zone.annotator)
        return self._whole(annotated, region, "", [self._codes.guid(ZONE, zone.kind)], annotated.article.created)

    def _whole(self, annotated: AnnotatedArticle, region: Region, said: str, codes: list[str], when: str) -> str:
        span, tag, guid = region.spans[0], self._spelling.tag, guid_of(region.key)
        made = {"creatingUser": self._guids.get(region.annotator, ""), "creationDateTime": when}
        coded = [
            tag(
                "Coding",
                {"guid": derived_id(f"{guid} {number}"), **made},
                tag("CodeRef", {"targetGUID": code}),
            )
            for number, code in enumerate(codes)
        ]
        quote = annotated.text[span.start : min(span.end, span.start + _LONGEST_NAME)]
        place = {"startPosition": str(span.start), "endPosition": str(span.end)}
        inside = "".join([self._description(said), *coded])
        return tag("PlainTextSelection", {"guid": guid, "name": quote, **place, **made}, inside) + "\n"

    def _link(self, arrow: Arrow) -> str:
        origin, target = guid_of(arrow.origin), guid_of(arrow.target)
        said = {
            "guid": derived_id(f"{arrow.label} {origin} {target} {arrow.annotator}"),
            "name": arrow.label,
            "direction": "OneWay",
            "originGUID": origin,
            "targetGUID": target,
        }
        return self._spelling.tag("Link", said) + "\n"


def guid_of(key: str) -> str:
    """The GUID of a selection: a record's own id, or one made of the key of a part of it."""
    return key if is_uuid(key) else derived_id(key)


def _signed(regions: list[Region], arrows: list[Arrow]) -> dict[str, list[tuple[str, str]]]:
    """Who drew an arrow, where it is not who marked the region it leads from: a field of that region."""
    by = {region.key: region.annotator for region in regions}
    found: dict[str, list[tuple[str, str]]] = {}
    for arrow in arrows:
        if arrow.annotator != by[arrow.origin]:
            said = f"{guid_of(arrow.target)} {arrow.label} by {arrow.annotator}"
            found.setdefault(arrow.origin, []).append(("link", said))
    return found
