"""The words that a record repeats are those of its text: a wrong one is found in whichever part it stands."""

from dataclasses import replace
from typing import Any

import pytest

from annotator.domain.claims import Claim, Source
from annotator.domain.edits import Change
from annotator.domain.events import Event, Quantity, When
from annotator.domain.ids import ArticleId, EntityId
from annotator.domain.quotes import has_new_words, misquoted
from annotator.domain.spans import Span
from tests.building import TEXT, find, make_article, make_claim, make_entity, make_mention

ARTICLE = make_article(TEXT)
PLACE, WORDS = find(TEXT, "Daily Post"), "Daily Post"


def claim(**fields: Any) -> Claim:
    return replace(make_claim(ARTICLE, TEXT, by="Ana Ruiz", cue="said"), **fields)


def parts(spans: tuple[Span, ...], words: str) -> dict[str, dict[str, Any]]:
    """Every part of a claim that repeats words, with these words at this place."""
    return {
        "content": {"content": spans, "quote": words},
        "source": {"sources": (Source(find(TEXT, "Ana Ruiz"), "Ana Ruiz"), Source(spans, words))},
        "cue": {"cue": spans, "cue_quote": words},
        "medium": {"medium_spans": spans, "medium_quote": words},
        "addressee": {"addressee": Source(spans, words)},
        "day": {"said_on": When(words, spans=spans)},
        "event": {"event": Event(date=When(words, spans=spans))},
        "number": {"event": Event(quantities=(Quantity("killed", words, spans),))},
    }


@pytest.mark.parametrize("part", parts(PLACE, WORDS))
def test_each_part_of_a_claim_has_the_words_of_its_place(part: str) -> None:
    assert misquoted(TEXT, claim(**parts(PLACE, WORDS)[part])) is None
    assert misquoted(TEXT, claim(**parts(PLACE, "Daily Pest")[part])) == "Daily Pest"
    beyond = (Span(len(TEXT) - 5, len(TEXT) + 5),)
    assert misquoted(TEXT, claim(**parts(beyond, TEXT[-5:])[part])) == TEXT[-5:]
    end = (Span(len(TEXT) - 5, len(TEXT)),)
    assert misquoted(TEXT, claim(**parts(end, TEXT[-5:])[part])) is None


def test_a_mention_has_the_words_of_all_its_pieces() -> None:
    mention = make_mention(ARTICLE, TEXT, "Ana", "bridge")
    assert misquoted(TEXT, mention) is None
    assert misquoted(TEXT, replace(mention, quote="Ana")) == "Ana"
    assert misquoted(TEXT.replace("bridge", "brigde"), mention) == mention.quote


def test_words_that_were_typed_have_no_place_and_no_fault() -> None:
    typed = claim(
        sources=(Source((), "an official", EntityId("e")),),
        addressee=Source((), "the press", EntityId("f")),
        said_on=When("Friday"),
        event=Event(quantities=(Quantity("killed", "15"),)),
    )
    assert misquoted(TEXT, typed) is None
    assert misquoted(TEXT, claim(cue=(), cue_quote="says")) == "says"
    assert misquoted(TEXT, claim(medium_quote="tweet")) == "tweet"


def test_only_changes_of_words_or_places_bring_new_words() -> None:
    mention, one = make_mention(ARTICLE, TEXT), claim()
    other = ArticleId("other")
    for record, same, moved in (
        (mention, replace(mention, label="x", entity=EntityId("e")), replace(mention, quote="Ana")),
        (one, replace(one, stance="denies"), replace(one, cue_quote="says")),
    ):
        assert not has_new_words(Change(record, same))
        assert has_new_words(Change(record, moved))
        assert has_new_words(Change(record, replace(record, article=other)))
        assert has_new_words(Change(None, record))
        assert not has_new_words(Change(record, None))
    assert not has_new_words(Change(None, make_entity()))
