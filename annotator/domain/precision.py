"""How exactly a place is known, in the codes of event data sets. Codes for dates are in intervals.py."""

from dataclasses import dataclass

from annotator.domain.entities import PlaceLevel

IN, NEAR, ALONG, SOMEWHERE_IN = "in", "near", "along or between", "somewhere in"
"""The relations to a place that codes depend on; the schema may show them under other names."""


@dataclass(frozen=True, slots=True)
class Codes:
    """UCDP's where_prec and ACLED's geo_precision, 1 the most exact; PLOVER's resolution, from 1 country to 5 site.

    None where the project has no code for it, or the level is not known.
    """

    ucdp_where: int | None = None
    acled_geo: int | None = None
    plover_resolution: int | None = None


_EXACT = {PlaceLevel.SITE: Codes(1, 1, 5), PlaceLevel.POPULATED_PLACE: Codes(1, 1, 4)}
_AREAS = {
    PlaceLevel.DISTRICT: Codes(3, 2, 3),
    PlaceLevel.PROVINCE: Codes(4, 3, 2),
    PlaceLevel.COUNTRY: Codes(6, 3, 1),
}
_NEAR_A_POINT = Codes(2, 2, 4)
_VAGUE = Codes(5, 3, None)


def codes(level: PlaceLevel | None, relation: str = IN) -> Codes:
    """The codes for a place of this level, to which something stands in this relation; no relation counts as in."""
    if level is None:
        return Codes()
    if relation == ALONG:
        return _VAGUE
    if level in _EXACT:
        return _NEAR_A_POINT if relation == NEAR else _EXACT[level]
    return _AREAS.get(level, _VAGUE)
