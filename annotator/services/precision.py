"""The precision codes of event data sets, computed from a place's level and the claim's relation to it: never typed."""

from annotator.domain.entities import Entity
from annotator.domain.geography import codes


def codes_of(place: Entity | None, relation: str) -> str:
    """The codes in words: UCDP where_prec 1 · ACLED geo_precision 1 · PLOVER resolution 4; empty without a level."""
    if place is None or place.place.level is None:
        return ""
    found = codes(place.place.level.value, relation)
    named = (
        ("UCDP where_prec", found.ucdp_where),
        ("ACLED geo_precision", found.acled_geo),
        ("PLOVER resolution", found.plover_resolution),
    )
    return " · ".join(f"{name} {value}" for name, value in named if value)
