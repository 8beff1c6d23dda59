"""Which claims of two people are taken for the same: half of the content, and a cue or a source in common."""

from dataclasses import replace

import pytest

from annotator.agreement.claims import MATCHED_SAMENESS, SAME, fit
from annotator.domain.claims import Claim, Source
from annotator.domain.entities import Entity
from tests.agreement.compared import PEOPLE, score, units
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


OUTERS = {
    "same": ("on Friday that the bridge was safe",) * 2,
    "none": ("", ""),
    "one": ("on Friday that the bridge was safe", ""),
}
OUTERS["other"] = ("on Friday that the bridge was safe", "she added")


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("which", "same", "n"), [("same", 1, 1), ("one", 0, 1), ("other", 0, 1), ("none", None, 0)])
def test_claims_stand_in_the_same_one_where_both_have_it(which: str, same: int | None, n: int, *, turned: bool) -> None:
    records = []
    for who, words in zip(PEOPLE[:2], OUTERS[which][:: -1 if turned else 1], strict=True):
        outer = make_claim(ARTICLE, TEXT, words, author=who) if words else None
        inner = make_claim(ARTICLE, TEXT, WHOLE, author=who, within=outer.id if outer else None, by="Ana Ruiz")
        records += [inner, *([replace(outer, cue=outer.content)] if outer else [])]
    found = score(MATCHED_SAMENESS, SAME, units(ARTICLE, TEXT, *records), label="the claim it is quoted in")
    assert (found.value, found.n) == (same, n)


@pytest.mark.parametrize(
    ("mine", "theirs", "same", "n"),
    [((ANA,), (ANA,), 1, 1), ((ANA, BO), (ANA,), 0, 1), ((), (ANA,), 0, 1), ((), (), None, 0)],
)
def test_sources_are_the_same_where_all_of_them_are(
    mine: tuple[Entity, ...], theirs: tuple[Entity, ...], same: int | None, n: int
) -> None:
    cue = make_claim(ARTICLE, TEXT, cue="said")
    both = [
        replace(known(*its), author=who.annotator, cue=cue.cue, cue_quote=cue.cue_quote)
        for who, its in zip(PEOPLE[:2], (mine, theirs), strict=True)
    ]
    for records in (both, both[::-1]):
        found = score(MATCHED_SAMENESS, SAME, units(ARTICLE, TEXT, *records), label="source entities")
        assert (found.value, found.n) == (same, n)
