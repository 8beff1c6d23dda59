"""The precision codes of event data sets, computed from a place's level and the claim's relation to it: never typed."""

from annotator.domain.entities import Entity
from annotator.domain.intervals import Interval, acled_time_precision, ucdp_date_prec
from annotator.domain.precision import IN, codes


def date_codes(earliest: str, latest: str) -> str:
    """The codes of an interval of ISO days in words; empty where an end is open."""
    if not (earliest and latest):
        return ""
    days = Interval.spanning(earliest, latest)
    named = (("UCDP date_prec", ucdp_date_prec(days)), ("ACLED time_precision", acled_time_precision(days)))
    return " · ".join(f"{name} {value}" for name, value in named if value)


def codes_of(place: Entity | None, relation: str) -> str:
    """The codes in words: UCDP where_prec 1 · ACLED geo_precision 1 · PLOVER resolution 4; empty without a level."""
    if place is None or place.place.level is None:
        return ""
    found = codes(place.place.level, relation or IN)
    named = (
        ("UCDP where_prec", found.ucdp_where),
        ("ACLED geo_precision", found.acled_geo),
        ("PLOVER resolution", found.plover_resolution),
    )
    return " · ".join(f"{name} {value}" for name, value in named if value)
