"""What records say, field by field in words, for people who compare them."""

from collections.abc import Callable
from typing import Any

from annotator.domain.attributes import AttributeType, spoken
from annotator.domain.claims import Claim
from annotator.domain.comparison import Difference, Facet, facets
from annotator.domain.events import Quantity
from annotator.domain.ids import ClaimId, EntityId
from annotator.domain.intervals import Interval
from annotator.domain.matching import Compared
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span, quoted
from annotator.errors import EditRefused
from annotator.ui.desk import Desk
from annotator.ui.edits import short

_LONGEST = 120
_TITLES = {"used_as": "Used as", "said_on": "Said on", "sources": "Source", "about": "About"}
NOTHING = "–"
KIND_WORDS = {
    Difference.MISSING: "missing",
    Difference.LABEL: "label",
    Difference.BOUNDARY: "boundary",
    Difference.ENTITY: "entity",
    Difference.SOURCE: "source",
    Difference.CONTENT: "content",
    Difference.CUE: "cue",
    Difference.WITHIN: "quoted in",
    Difference.STANCE: "stance",
    Difference.ACT: "act",
    Difference.MANNER: "manner",
    Difference.CERTAINTY: "certainty",
    Difference.ATTRIBUTE: "attribute",
    Difference.NUMBER: "number or date",
}
"""Kinds of difference in as few words as a chip has room for."""


class Wording:
    """Rows of a table: title, one text for each version, and whether they differ.

    shared answers for a claim the id of the one that stands for all versions of it.
    """

    def __init__(self, desk: Desk, shared: Callable[[ClaimId], str]) -> None:
        self._desk, self._shared = desk, shared
        self._by_key: dict[str, Callable[[Any], str]] = {
            "label": self._label,
            **dict.fromkeys(("words", "content", "cue", "medium_words"), self._quote),
            **dict.fromkeys(("entity", "event_place", "addressee"), self._one),
            **dict.fromkeys(("sources", "about", "actors", "recipients"), self._some),
            **dict.fromkeys(("said_on", "event_date"), self._days),
            "within": self._outer,
            "numbers": self._numbers,
        }

    def rows(self, versions: list[Compared | None], result: Compared | None) -> list[tuple[str, list[str], bool]]:
        """What the versions say, and the agreed record if there is one; None is an annotator who has nothing here.

        Only versions are compared. What nobody says anything about is left out.
        """
        compared, versions = len(versions), [*versions, *([result] if result else [])]
        told = [self._facets(version) if version is not None else None for version in versions]
        places = dict.fromkeys((facet.kind, facet.key) for one in told if one for facet in one.values())
        rows = []
        for kind, key in places:
            found = [one.get((kind, key)) if one is not None else None for one in told]
            pairs = list(zip(found, told, strict=True))[:compared]
            values = [facet.value if facet else None for facet, one in pairs if one is not None]
            words = [self._words(facet) if facet else NOTHING for facet in found]
            differs = len(set(values)) > 1
            if differs and len({one for one, who in zip(words, told, strict=True) if who is not None}) == 1:
                words = self._numbered(words, [facet.value if facet else None for facet in found])
            if differs or any(one not in {"", NOTHING} for one in words):
                rows.append((self._title(key), [one or NOTHING for one in words], differs))
        return [*rows, *self._remarks(versions)]

    def _numbered(self, words: list[str], values: list[object]) -> list[str]:
        """Two entities of one name are told apart by a number."""
        order = list(dict.fromkeys(values))
        pairs = zip(words, values, strict=True)
        return [f"{one} ({order.index(value) + 1})" if one != NOTHING else one for one, value in pairs]

    def _facets(self, version: Compared) -> dict[tuple[Difference, str], Facet]:
        outer: dict[str, str] = {}
        if isinstance(version, Claim) and version.within:
            outer[version.id] = self._shared(version.within)
        return {(facet.kind, facet.key): facet for facet in facets(version, outer)}

    def _remarks(self, versions: list[Compared | None]) -> list[tuple[str, list[str], bool]]:
        """What people are not compared by, but a reviewer wants to know."""
        marked = [one if isinstance(one, Mention | Claim) else None for one in versions]
        found = {
            "Wording": [one.wording if isinstance(one, Claim) else "" for one in marked],
            "Unsure": ["unsure" if one is not None and one.unsure else "" for one in marked],
            "Note": [one.note if one is not None else "" for one in marked],
        }
        return [
            (title, [short(one, _LONGEST) or NOTHING for one in words], False)
            for title, words in found.items()
            if any(words)
        ]

    def _title(self, key: str) -> str:
        schema = self._desk.schema
        known = (*schema.mention_attributes, *schema.claim_attributes)
        return _TITLES.get(key) or next((one.name for one in known if one.key == key), spoken(key))

    def _words(self, facet: Facet) -> str:
        value: Any = facet.value
        if facet.key in self._by_key:
            return self._by_key[facet.key](value)
        if not isinstance(value, tuple):
            return str(value or "")
        schema = self._desk.schema
        known = next((a for a in (*schema.mention_attributes, *schema.claim_attributes) if a.key == facet.key), None)
        is_entity = known is not None and known.type in {AttributeType.ENTITY, AttributeType.ENTITIES}
        return ", ".join(self._one(one) if is_entity else str(one) for one in value)

    def _label(self, key: str) -> str:
        return self._desk.schema.label(key).name

    def _outer(self, claim: str | None) -> str:
        found = self._desk.contents.claim(ClaimId(claim)) if claim else None
        return f"“{short(found.quote, 60)}”" if found else ""

    def _days(self, ends: tuple[str, str]) -> str:
        try:
            return Interval(*ends).words()
        except ValueError:  # a file that another program wrote
            return " – ".join(ends)

    def _some(self, values: frozenset[object]) -> str:
        return ", ".join(sorted(map(self._one, values)))

    def _numbers(self, values: frozenset[tuple[Any, ...]]) -> str:
        return "; ".join(sorted(self._number(*one) for one in values))

    def _one(self, value: object) -> str:
        """An entity's name, or the words where nobody is known."""
        if isinstance(value, tuple):
            return self._quote(value)
        if not value:
            return ""
        try:
            entity = self._desk.contents.entity(EntityId(str(value)))
        except EditRefused:
            return "gone"
        return entity.name if entity else ""

    def _quote(self, spans: object) -> str:
        if not isinstance(spans, tuple) or not spans:
            return ""
        pieces = tuple(span for span in spans if isinstance(span, Span))
        return f"“{short(quoted(self._desk.contents.text, pieces), _LONGEST)}”"

    def _number(
        self, what: str, whom: object, low: int | None, best: int | None, high: int | None, spans: tuple[Span, ...]
    ) -> str:
        figures = Quantity(what, low=low, best=best, high=high).figures or self._quote(spans)
        return " ".join(filter(None, (what, figures, f"of {self._one(whom)}" if whom else "")))
