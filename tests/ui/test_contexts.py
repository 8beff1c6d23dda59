"""A mention between the words around it: whole words, and dots only where the text goes on."""

import pytest

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, ArticleId, MentionId
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.ui.contexts import in_context

TEXT = "The deputy governor, Mara Lind, left Port Vale.\nShe returned."


def between(text: str, words: str, around: int) -> str:
    """What is said of the first place of some words."""
    start = text.index(words)
    span = Span(start, start + len(words))
    now = Timestamp("2026-03-01T00:00:00Z")
    mention = Mention(MentionId("m"), ArticleId("a"), "actor", (span,), words, AnnotatorId("w"), now, now)
    return in_context(text, mention, around)


@pytest.mark.parametrize(
    ("words", "around", "said"),
    [
        ("Mara Lind", 14, "…governor, [Mara Lind], left Port…"),
        ("Mara Lind", 200, "The deputy governor, [Mara Lind], left Port Vale. She returned."),
        ("The", 8, "[The] deputy…"),
        ("returned", 10, "…Vale. She [returned]."),
    ],
)
def test_words_at_either_end_are_whole(words: str, around: int, said: str) -> None:
    assert between(TEXT, words, around) == said


def test_without_blanks_it_is_cut_where_it_ends() -> None:
    assert between("老城市场周三发生火灾官员说", "周三", 3) == "…城市场[周三]发生火…"
