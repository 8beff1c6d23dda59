"""Agreement month by month: with intervals, small samples named, drawn where the calendar has them."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from annotator.agreement.comparison import Comparison
from annotator.agreement.over_time import SMALL, picture
from annotator.agreement.registry import layers
from annotator.agreement.report import FEW, Part, Report
from annotator.agreement.report_svg import months_svg
from annotator.agreement.report_tables import tables, to_json
from annotator.agreement.units import units_of
from annotator.domain.authors import Timestamp
from tests.agreement.compared import PEOPLE, annotated, around
from tests.building import make_article, make_mention

TEXT = "Ana Ruiz said the bridge was safe. Men left Orsa on Friday, the Daily Post wrote."
SVG = "{http://www.w3.org/2000/svg}"


def reported(months: dict[str, list[str]], draws: int = 100) -> Report:
    """A report of articles by month; each has a mention by two people, the second marking the words given."""
    comparison = Comparison(around(), layers())
    for month, said in months.items():
        for words in said:
            article = make_article(TEXT)
            both = [make_mention(article, TEXT, "Ana Ruiz", author=PEOPLE[0])]
            both.append(make_mention(article, TEXT, words, author=PEOPLE[1]))
            at = Timestamp(f"{month}-10T12:00:00.000Z")
            comparison.add(units_of(annotated(article, TEXT, [replace(one, changed=at) for one in both]), around()))
    list(comparison.summing_up(draws))
    return comparison.report("", draws)


MONTHS = {"2026-01": ["Ana Ruiz"] * 4 + ["Orsa"] * 4, "2026-02": ["Orsa"], "2026-05": ["Ana Ruiz", "Orsa"]}


def test_a_month_has_an_interval_unless_it_is_one_article() -> None:
    one, two, three = reported(MONTHS).months
    assert (one.values[2], one.articles, one.is_small) == (0.5, 8, False)
    assert one.intervals[2] is not None
    low, high = one.intervals[2]
    assert 0 <= low < 0.5 < high <= 1
    assert (two.values[2], two.intervals[2], two.is_small) == (0.0, None, True)
    assert (three.articles, three.is_small) == (2, True)
    assert one.intervals[1] is None  # nobody made a claim
    assert reported(MONTHS, draws=0).months[0].intervals == (None, None, None)


def test_months_stand_where_the_calendar_has_them() -> None:
    drawn = picture(reported(MONTHS))
    mentions = drawn.courses[-1]
    assert mentions.title == "Mentions: F1 of overlapping spans"
    assert [point.place for point in mentions.points] == [0, 0.25, 1]
    assert [name for _, name in drawn.names] == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
    assert [point.is_small for point in mentions.points] == [False, True, True]
    assert "1 article, a small sample" in mentions.points[1].words()
    assert (drawn.lowest, drawn.height(0.5)) == (0, 0.5)


def test_years_of_months_do_not_write_over_one_another() -> None:
    drawn = picture(reported({"2019-12": ["Ana Ruiz"], "2026-01": ["Orsa"]}))
    assert len(drawn.names) <= 12
    assert drawn.names[0] == (0, "2019-12")


def test_the_picture_draws_each_point_with_its_interval_and_says_which_are_few() -> None:
    root = ElementTree.fromstring(months_svg(reported(MONTHS)))
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    assert sum("2026-05" in title for title in titles) == 1
    hollow = [sign for sign in root.iter() if sign.get("fill") == "#fff" and sign.find(f"{SVG}title") is not None]
    assert len(hollow) == 2
    assert SMALL in [text.text for text in root.iter(f"{SVG}text")]
    many = ElementTree.fromstring(months_svg(reported({"2026-01": ["Ana Ruiz"] * FEW})))
    assert SMALL not in [text.text for text in many.iter(f"{SVG}text")]


def with_months(*parts: Part) -> Report:
    """A report whose months are these."""
    return replace(reported({}), months=parts)


def test_a_month_says_its_value_its_interval_and_its_articles() -> None:
    one = Part("2026-01", "", 1200, (None, None, 0.5), (None, None, (0.25, 0.75)))
    two = Part("2026-02", "", 1, (None, None, 0.125), (None, None, None))
    ((first, second),) = (course.points for course in picture(with_months(one, two)).courses)
    assert first.words() == "2026-01: 0.500 [0.250, 0.750], 1,200 articles"
    assert second.words() == "2026-02: 0.125, no interval, 1 article, a small sample"


@pytest.mark.parametrize(
    ("value", "interval", "lowest", "heights"),
    [
        (0.5, None, 0.0, {0.0: 0, 0.5: 0.5, 1.0: 1, -0.5: 0, 1.5: 1}),
        (-0.25, None, -0.25, {-0.25: 0, 1.0: 1, 0.0: 0.2, 0.375: 0.5}),
        (0.1, (-0.6, 0.3), -0.6, {-0.6: 0, 0.2: 0.5, 1.0: 1}),
        (-3.0, None, -1.0, {-3.0: 0, -1.0: 0, 0.0: 0.5, 1.0: 1}),
    ],
)
def test_values_below_nothing_have_their_height_too(
    value: float, interval: tuple[float, float] | None, lowest: float, heights: dict[float, float]
) -> None:
    """The picture reaches from the lowest value or end of an interval, never below -1, to 1."""
    drawn = picture(with_months(Part("2026-01", "", 9, (None, None, value), (None, None, interval))))
    assert drawn.lowest == lowest
    assert {one: drawn.height(one) for one in heights} == pytest.approx(heights)


def test_a_month_that_is_none_is_left_out_and_a_measure_without_a_value_is_not_drawn() -> None:
    odd = [Part(key, "", 9, (0.5, None, 0.5), ()) for key in ("", "soon", "2026-", "-01", "2026-xx", "2026-01-05")]
    drawn = picture(with_months(*odd, Part("2026-03", "", 9, (0.25, None, None), ())))
    assert [(course.title, [one.month for one in course.points]) for course in drawn.courses] == [
        ("Words in claims: Krippendorff's alpha", ["2026-03"])
    ]
    assert drawn.names == ((0.5, "2026-03"),)
    assert picture(with_months(*odd)).courses == ()


@pytest.mark.parametrize("months", [{}, {"2026-01": ["Ana Ruiz"]}])
def test_a_picture_of_nothing_and_of_one_month_can_be_opened(months: dict[str, list[str]]) -> None:
    ElementTree.fromstring(months_svg(reported(months)))


def test_tables_and_json_have_the_intervals() -> None:
    report = reported(MONTHS)
    head, first, second, _ = tables(report)["months"]
    mentions = head.index("Mentions: F1 of overlapping spans")
    assert head[mentions + 1 : mentions + 3] == (
        "Mentions: F1 of overlapping spans low",
        "Mentions: F1 of overlapping spans high",
    )
    assert first[mentions + 1 : mentions + 3] == report.months[0].intervals[2]
    assert second[:3] == ("2026-02", 1, "yes")
    told = to_json(report)["months"][0]
    assert told["small_sample"] is False
    assert tuple(told["intervals"]["mentions/overlap-f1"]) == report.months[0].intervals[2]
