"""All layers that are compared, in the order of a report; each names its measures."""

from annotator.agreement.attributes import CLAIM_CHOICES, CLAIM_ORDERS, CLAIM_SETS, MENTION_CHOICES, MENTION_SETS
from annotator.agreement.base import Layer
from annotator.agreement.claims import CLAIMS, MATCHED_PARTS, MATCHED_SAMENESS
from annotator.agreement.clusters import CLUSTERS
from annotator.agreement.event_rows import EVENT_ROWS
from annotator.agreement.gamma import CLAIM_GAMMA, MENTION_GAMMA
from annotator.agreement.numbers import DATES, NUMBERS
from annotator.agreement.places import PLACES
from annotator.agreement.span_f1 import MENTIONS, PARTS_OF_CLAIMS
from annotator.agreement.token_labels import CLAIM_WORDS, MENTION_WORDS
from annotator.agreement.unitizing import CLAIM_UNITS, CLAIM_UNITS_EACH, MENTION_UNITS, MENTION_UNITS_EACH

LAYERS: tuple[Layer, ...] = (
    CLAIM_WORDS,
    PARTS_OF_CLAIMS,
    CLAIM_UNITS,
    CLAIM_UNITS_EACH,
    CLAIM_GAMMA,
    CLAIMS,
    MATCHED_PARTS,
    MATCHED_SAMENESS,
    CLAIM_CHOICES,
    CLAIM_ORDERS,
    CLAIM_SETS,
    NUMBERS,
    DATES,
    EVENT_ROWS,
    MENTION_WORDS,
    MENTIONS,
    MENTION_UNITS,
    MENTION_UNITS_EACH,
    MENTION_GAMMA,
    MENTION_CHOICES,
    MENTION_SETS,
    CLUSTERS,
    PLACES,
)
"""Those that take no longer than reading the articles, and those that do (is_slow), which have to be asked for."""


def layers(*, with_slow: bool = False) -> tuple[Layer, ...]:
    """The layers to compare."""
    return tuple(layer for layer in LAYERS if with_slow or not layer.is_slow)
