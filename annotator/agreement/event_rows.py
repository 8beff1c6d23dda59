"""Event types by article: whether an article tells of an event of a type at all, as conflict data sets are compared."""

from annotator.agreement.alpha import NOMINAL, add_item
from annotator.agreement.base import Adding, Layer, Tally
from annotator.agreement.kappa import COHEN, PERCENT
from annotator.agreement.token_labels import NO, YES
from annotator.agreement.units import ArticleUnits


def _count(article: ArticleUnits) -> Tally:
    adding = Adding()
    event = article.around.schema.event
    seen = {number: {claim.event.type for claim in work.claims} for number, work in article.work.items()}
    listed = event.types if event else ()
    for kind in dict.fromkeys((*listed, *sorted({kind for its in seen.values() for kind in its if kind}))):
        said = {number: YES if kind in its else NO for number, its in seen.items()}
        add_item(adding, "", said)
        add_item(adding, kind, said)
    return adding.tally


EVENT_ROWS = Layer(
    "event rows",
    "Event types by article",
    "article and type",
    "claims with event types of two people",
    _count,
    (NOMINAL, PERCENT, COHEN),
    "type",
    "A type is present where a claim of the article has it; of all types together those count that the schema lists.",
)
