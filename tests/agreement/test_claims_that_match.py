"""Which claims of two people are taken for the same: half of the content, and a cue or a source in common."""

from dataclasses import replace

import pytest

from annotator.agreement.claims import fit
from annotator.domain.claims import Claim, Source
from annotator.domain.entities import Entity
from tests.building import make_article, make_claim, make_entity

TEXT = "Ana Ruiz, the engineer, said on Friday that the bridge was safe, she added."
ARTICLE = make_article(TEXT)
WHOLE, HALF_OF_IT, LESS = "the bridge was safe", "the bridge", "bridge wa"
ANA, BO = make_entity(), make_entity("Bo Lind")


def claim(content: str = WHOLE, by: str = "", cue: str = "", entity: Entity | None = None) -> Claim:
    return make_claim(ARTICLE, TEXT, content, by=by, cue=cue, entity=entity)


def known(*entities: Entity) -> Claim:
    """A claim whose sources no words are marked for."""
    return replace(claim(), sources=tuple(Source((), one.name, one.id) for one in entities))


@pytest.mark.parametrize(
    ("mine", "theirs", "matches"),
    [
        (claim(), claim(), True),  # neither says by what or by whom
        (claim(), claim(HALF_OF_IT), True),
        (claim(), claim(LESS), False),
        (claim(cue="said"), claim(cue="said on Friday"), True),
        (claim(cue="said"), claim(cue="added"), False),
        (claim(cue="said"), claim(), False),
        (claim(), claim(cue="said"), False),
        (claim(by="Ana Ruiz"), claim(), False),
        (claim(), claim(by="Ana Ruiz"), False),
        (claim(by="Ana Ruiz"), claim(by="Ruiz, the engineer"), True),
        (claim(by="Ana Ruiz"), claim(by="the engineer"), False),
        (claim(by="Ana Ruiz", entity=ANA), claim(by="the engineer", entity=ANA), True),  # one person by two names
        (claim(by="Ana Ruiz", entity=ANA), claim(by="the engineer", entity=BO), False),
        (claim(by="Ana Ruiz", entity=ANA), claim(by="the engineer"), False),
        (claim(by="Ana Ruiz", cue="said", entity=ANA), claim(by="she", cue="added", entity=ANA), True),
        (claim(by="Ana Ruiz", cue="said"), claim(by="she", cue="said"), True),
        (claim(HALF_OF_IT, by="Ana Ruiz"), claim("was safe", by="Ana Ruiz"), False),
        (known(ANA, BO), known(BO), True),
        (known(ANA), claim(by="Ana Ruiz", entity=ANA), True),
        (known(ANA), claim(cue="said"), False),
    ],
)
def test_claims_match_where_content_and_cue_or_source_do(mine: Claim, theirs: Claim, *, matches: bool) -> None:
    assert (fit(mine, theirs), fit(theirs, mine)) == (matches, matches)
