"""Claims: the manner that is guessed from quote marks, and what a claim names."""

import pytest

from annotator.domain.claims import Source, guessed_manner
from annotator.domain.spans import Span
from tests.building import TEXT, changed, find, make_article, make_claim, make_entity


@pytest.mark.parametrize(
    ("text", "content", "manner"),
    [
        ("“It will hold,” she said.", "“It will hold,”", "direct"),
        ("“It will hold”, she said.", "It will hold", "direct"),
        ('"It will hold", she said.', '"It will hold"', "direct"),
        ("Er sagte: „Sie hält.“", "„Sie hält.“", "direct"),
        ("« Il tiendra », dit-elle.", "« Il tiendra »", "direct"),
        ("彼女は「持つ」と言った", "「持つ」", "direct"),
        ("She said it was “quite safe” now.", "it was “quite safe” now", "mixed"),
        ("She said it was safe.", "it was safe", "indirect"),
        ("it was safe", "it was safe", "indirect"),
        ("It's the O'Brien plan", "the O'Brien plan", "indirect"),
    ],
)
def test_the_manner_is_guessed_from_quote_marks(text: str, content: str, manner: str) -> None:
    assert guessed_manner(text, find(text, content)) == manner


def test_a_claim_names_its_sources_and_what_it_is_about() -> None:
    ana, post, nobody = make_entity(), make_entity("Daily Post"), make_entity("Nobody")
    claim = make_claim(make_article(), TEXT, by="Ana Ruiz", entity=ana, about=(post.id,))
    assert claim.entities == {ana.id, post.id}
    assert nobody.id not in claim.entities
    assert make_claim(make_article(), TEXT, by="Ana Ruiz").entities == frozenset()


def test_the_hull_of_a_claim_goes_from_its_first_piece_to_its_last() -> None:
    claim = make_claim(make_article(), TEXT, "the bridge", "It will hold")
    assert claim.hull == Span(TEXT.index("the bridge"), TEXT.index("It will hold") + len("It will hold"))


def test_the_parts_of_a_claim_are_checked() -> None:
    claim = make_claim(make_article(), TEXT)
    with pytest.raises(ValueError, match="at least one span"):
        changed(claim, content=())
    with pytest.raises(ValueError, match="sorted"):
        changed(claim, cue=(Span(5, 6), Span(0, 2)))
    with pytest.raises(ValueError, match="at least one span"):
        Source((), "")
