"""Who annotated what, spans that match, words, and claims that two people found: worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.alpha import NOMINAL
from annotator.agreement.base import Score
from annotator.agreement.claims import (
    AGR,
    AGR_ANY,
    CLAIM_F1,
    CLAIMS,
    MATCHED_PARTS,
    MATCHED_SAMENESS,
    PART_F1,
    SAME,
)
from annotator.agreement.grouping import mention_groups
from annotator.agreement.matching import HALF, matched, overlap
from annotator.agreement.span_f1 import EXACT, HALF_F1, MENTIONS, PARTS_OF_CLAIMS
from annotator.agreement.token_labels import CLAIM_WORDS, MENTION_WORDS, WORD_F1
from annotator.agreement.units import units_of
from annotator.domain.assignments import State
from annotator.domain.ids import ZoneId
from annotator.domain.spans import Span, joined
from annotator.domain.zones import Zone
from tests.agreement.compared import PEOPLE, annotated, around, score, units
from tests.building import make_article, make_assignment, make_claim, make_entity, make_mention, new_id, new_time

ANNA, BEN, CLEO, DAN = PEOPLE
TEXT = "Ana Ruiz said the bridge was safe. Men left Orsa on Friday, the Daily Post wrote."


def test_exact_and_overlapping_spans_and_words_worked_by_hand() -> None:
    article = make_article(TEXT)
    both = units(
        article,
        TEXT,
        make_mention(article, TEXT, "Ana Ruiz", author=ANNA),
        make_mention(article, TEXT, "Daily Post", author=ANNA),
        make_mention(article, TEXT, "Orsa", author=ANNA, label="location"),
        make_mention(article, TEXT, "Ana Ruiz", author=BEN),
        make_mention(article, TEXT, "the Daily Post", author=BEN),  # 10 of 14 characters in common
        make_mention(article, TEXT, "bridge", author=BEN, label="location"),
    )
    assert score(MENTIONS, EXACT, both).value == pytest.approx(2 / 6)
    assert score(MENTIONS, HALF_F1, both).value == pytest.approx(4 / 6)
    assert score(MENTIONS, EXACT, both, label="location").value == 0
    assert score(MENTIONS, HALF_F1, both, label="actor").value == 1
    # Words: Ana, Ruiz, Daily, Post of 5 against 6.
    assert score(MENTION_WORDS, WORD_F1, both).value == pytest.approx(8 / 11)
    # The 19 tokens of the text: both say nothing 12 times, both actor 4 times; Orsa, "the" and bridge differ.
    words = score(MENTION_WORDS, NOMINAL, both)
    assert words.n == 19
    observed, values = 6, {"none": 27, "actor": 9, "location": 2}
    expected = 38 * 38 - sum(count * count for count in values.values())
    assert words.value == pytest.approx(1 - 37 * observed / expected)


def test_a_word_in_two_units_has_both_labels() -> None:
    article = make_article(TEXT)
    claims = [
        make_claim(article, TEXT, "the bridge was safe", author=ANNA, by="Ana Ruiz", cue="said"),
        make_claim(article, TEXT, "Ana Ruiz said the bridge was safe", author=ANNA),
        make_claim(article, TEXT, "the bridge was safe", author=BEN, by="Ana Ruiz", cue="said"),
    ]
    tally = CLAIM_WORDS.count(units(article, TEXT, *claims))
    assert tally["", (0, 1), ("c", "source + content", "source")] == 2
    assert tally["", (0, 1), ("c", "cue + content", "cue")] == 1
    assert tally["cue", (0, 1), ("c", "yes", "yes")] == 1


def test_who_has_finished_an_article_without_records_found_nothing() -> None:
    article = make_article(TEXT)
    mine = make_mention(article, TEXT, "Ana Ruiz", author=ANNA)
    started, done = make_assignment(article, State.DOING, BEN), make_assignment(article, State.DONE, BEN)
    assert set(units_of(annotated(article, TEXT, [mine], [started]), around()).work) == {0}
    finished = units_of(annotated(article, TEXT, [mine], [done]), around())
    assert set(finished.work) == {0, 1}
    assert score(MENTIONS, EXACT, finished).value == 0
    empty = [make_assignment(article, State.DONE, who) for who in (ANNA, BEN)]
    nothing = score(MENTIONS, EXACT, units_of(annotated(article, TEXT, (), empty), around()))
    assert nothing.words() == "undefined, because neither marked anything"


def test_what_is_out_of_play_does_not_count() -> None:
    article, now = make_article(TEXT), new_time()
    credit = Zone(ZoneId(new_id()), article.id, "credit", Span(34, len(TEXT)), ANNA.annotator, now, now)
    records = [
        make_mention(article, TEXT, "Ana Ruiz", author=ANNA),
        make_mention(article, TEXT, "Ana Ruiz", author=BEN),
        make_mention(article, TEXT, "Orsa", author=BEN, label="location"),
    ]
    seen = units_of(annotated(article, TEXT, records, (), [credit]), around())
    assert score(MENTIONS, EXACT, seen).value == 1
    assert [word.cut(TEXT) for word in seen.words] == ["Ana", "Ruiz", "said", "the", "bridge", "was", "safe", "."]
    assert seen.left_out == (credit.span,)


def test_claims_match_by_content_and_by_cue_or_source() -> None:
    article = make_article(TEXT)
    mine = [
        make_claim(article, TEXT, "the bridge was safe", author=ANNA, by="Ana Ruiz", cue="said"),
        make_claim(article, TEXT, "Men left Orsa on Friday", author=ANNA, by="the Daily Post", cue="wrote"),
    ]
    theirs = [
        make_claim(article, TEXT, "bridge was safe", author=BEN, by="Ruiz", cue="said"),
        make_claim(article, TEXT, "Men left Orsa on Friday", author=BEN, by="Ana Ruiz", cue="said"),
        make_claim(article, TEXT, "Friday", author=BEN, by="the Daily Post", cue="wrote"),
    ]
    both = units(article, TEXT, *mine, *theirs)
    agreed = score(CLAIMS, AGR, both)
    assert agreed.value == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert [round(figure, 3) for _, figure in agreed.details] == [0.5, 0.333]
    assert score(CLAIMS, AGR_ANY, both).value == 1
    assert score(CLAIMS, CLAIM_F1, both).value == pytest.approx(2 / 5)
    assert score(MATCHED_PARTS, PART_F1, both, label="source").value == pytest.approx(8 / 12)
    assert score(MATCHED_PARTS, PART_F1, both, label="cue").value == 1
    assert score(MATCHED_PARTS, PART_F1, both, label="content").value == pytest.approx(30 / 34)
    assert score(PARTS_OF_CLAIMS, EXACT, both, label="cue").value == pytest.approx(1)


def test_agr_counts_a_claim_that_the_other_split_in_two() -> None:
    article = make_article(TEXT)
    mine = make_claim(article, TEXT, "Men left Orsa on Friday", author=ANNA, cue="wrote")
    halves = [
        make_claim(article, TEXT, words, author=BEN, cue="wrote") for words in ("Men left Orsa", "left Orsa on Friday")
    ]
    both = units(article, TEXT, mine, *halves)
    assert score(CLAIMS, AGR, both).value == 1
    assert score(CLAIMS, CLAIM_F1, both).value == pytest.approx(2 / 3)


def test_the_same_source_and_the_same_outer_claim() -> None:
    article, ruiz, post = make_article(TEXT), make_entity("Ana Ruiz"), make_entity("Daily Post", "media outlet")
    records = []
    for who, entity in ((ANNA, ruiz), (BEN, post)):
        outer = make_claim(article, TEXT, "Ana Ruiz said the bridge was safe", author=who, cue="wrote")
        inner = make_claim(
            article,
            TEXT,
            "the bridge was safe",
            author=who,
            by="Ana Ruiz",
            entity=entity,
            within=outer.id if who is ANNA else None,
        )
        records += [outer, inner]
    both = units(article, TEXT, *records)
    assert score(MATCHED_SAMENESS, SAME, both, label="source entities").value == 0
    nested = score(MATCHED_SAMENESS, SAME, both, label="the claim it is quoted in")
    assert (nested.value, nested.n) == (0, 1)


def test_the_mean_over_pairs_leaves_out_pairs_without_articles() -> None:
    article = make_article(TEXT)
    records = [make_mention(article, TEXT, "Ana Ruiz", author=who) for who in (ANNA, BEN)]
    records.append(make_mention(article, TEXT, "Orsa", author=CLEO))
    three = units(article, TEXT, *records, people=PEOPLE)
    assert score(MENTIONS, EXACT, three).value == pytest.approx(1 / 3)


def test_mentions_of_three_people_are_one_item() -> None:
    article = make_article(TEXT)
    records = [
        make_mention(article, TEXT, "the Daily Post", author=ANNA),
        make_mention(article, TEXT, "Daily Post", author=BEN, label="location"),
        make_mention(article, TEXT, "Daily Post", author=CLEO),
        make_mention(article, TEXT, "Orsa", author=CLEO),
    ]
    groups = mention_groups(units(article, TEXT, *records, people=PEOPLE[:3]))
    assert [sorted(group) for group in groups] == [[0, 1, 2]]


def test_those_with_most_in_common_match_first() -> None:
    mine, theirs = [(Span(0, 10),), (Span(2, 12),)], [(Span(2, 12),), (Span(0, 9),)]
    assert matched(mine, theirs, lambda _, __, share: share >= HALF) == [(0, 1), (1, 0)]


def test_of_two_that_would_do_the_nearer_matches_and_of_equally_near_ones_that_of_the_same_label() -> None:
    def do(_: int, __: int, share: float) -> bool:
        return share >= HALF

    assert matched([(Span(0, 10),)], [(Span(0, 6),), (Span(0, 10),)], do) == [(0, 1)]
    same, labels = [(Span(0, 10),)] * 2, "ab"
    assert matched(same[:1], same, do, lambda _, t: int(labels[t] == "b")) == [(0, 1)]
    assert matched([(Span(5, 15),)], [(Span(10, 20),), (Span(0, 10),)], lambda *_: True) == [(0, 1)], "the earlier one"


def test_people_whose_records_would_meet_twice_make_two_items() -> None:
    article = make_article(TEXT)
    first, second = "the Daily Post", "Daily Post wrote"
    assert f"{first} wrote" in TEXT
    records = [
        make_mention(article, TEXT, words, author=author)
        for author, words in ((ANNA, first), (BEN, second), (CLEO, first), (CLEO, second))
    ]
    groups = mention_groups(units(article, TEXT, *records, people=PEOPLE[:3]))
    assert [{who: one.quote for who, one in group.items()} for group in groups] == [
        {0: first, 2: first},
        {1: second, 2: second},
    ]


def test_a_mark_that_begins_where_a_word_ends_is_not_on_that_word() -> None:
    article = make_article(TEXT)
    tally = MENTION_WORDS.count(
        units(
            article,
            TEXT,
            make_mention(article, TEXT, ".", author=ANNA),
            make_mention(article, TEXT, "safe", author=BEN),
        )
    )
    assert tally["actor", (0, 1), ("c", "yes", "no")] == tally["actor", (0, 1), ("c", "no", "yes")] == 1


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda at: (Span(at[0], at[0] + at[1]),))


@given(st.lists(SPANS, max_size=8), st.lists(SPANS, max_size=8))
def test_matching_is_one_to_one_and_the_same_from_both_sides(
    mine: list[tuple[Span, ...]], theirs: list[tuple[Span, ...]]
) -> None:
    found = matched(mine, theirs, lambda _, __, share: share >= HALF)
    back = matched(theirs, mine, lambda _, __, share: share >= HALF)
    assert len({m for m, _ in found}) == len({t for _, t in found}) == len(found)
    assert all(overlap(mine[m], theirs[t]) >= HALF for m, t in found)
    assert sorted((mine[m], theirs[t]) for m, t in found) == sorted((mine[m], theirs[t]) for t, m in back)


@given(st.lists(SPANS, min_size=2, max_size=6).map(lambda spans: joined(one for each in spans for one in each)))
def test_overlap_counts_code_points(spans: tuple[Span, ...]) -> None:
    held = {place for span in spans for place in range(span.start, span.end)}
    other = (Span(5, 20),)
    both = held & set(range(5, 20))
    assert overlap(spans, other) == pytest.approx(len(both) / len(held | set(range(5, 20))))


def test_a_score_is_read_with_its_interval() -> None:
    assert Score(0.75, 4, interval=(0.5, 0.9)).words() == "0.750 [0.500, 0.900]"
