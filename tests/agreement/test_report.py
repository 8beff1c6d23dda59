"""The whole report: sums by article, intervals, files, sentences; over a corpus made for it."""

import csv
import json
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import cli
from annotator.agreement.alpha import NOMINAL
from annotator.agreement.base import Tally, scored, stats_of
from annotator.agreement.bootstrap import Drawn
from annotator.agreement.claims import CLAIMS
from annotator.agreement.comparison import Comparison
from annotator.agreement.registry import layers
from annotator.agreement.report import Report
from annotator.agreement.report_latex import escaped, latex
from annotator.agreement.report_tables import to_json
from annotator.agreement.span_f1 import EXACT, MENTIONS
from annotator.agreement.sums import Sums
from annotator.agreement.token_labels import MENTION_WORDS
from annotator.agreement.units import ArticleUnits
from annotator.domain.annotators import Annotator
from annotator.domain.claims import Claim
from annotator.domain.comments import Comment
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Entity
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.services.comparing import Asked, Found, compare_corpus, methods
from tests.agreement.compared import PEOPLE, annotated, around, units
from tests.building import (
    ANNA,
    BEN,
    a_project,
    add_article,
    made,
    make_annotator,
    make_article,
    make_claim,
    make_mention,
    make_project,
)
from tests.cli.test_words import Faces

TEXT = "Ana Ruiz said the bridge was safe. Men left Orsa on Friday, the Daily Post wrote."
STANCES = ("affirms", "denies")
WORDS = ("Ana Ruiz", "bridge", "Orsa", "Daily Post", "Friday")


def article_by_chance(marks: list[list[int]]) -> ArticleUnits:
    """An article in which each person marks some of WORDS; the numbers also choose the labels."""
    article = make_article(TEXT)
    mentions = [
        make_mention(article, TEXT, WORDS[mark % 5], author=who, label=("actor", "location")[mark % 2])
        for who, its in zip(PEOPLE, marks, strict=False)
        for mark in sorted(set(its))
    ]
    claims = [
        make_claim(
            article,
            TEXT,
            "the bridge was safe",
            author=who,
            by="Ana Ruiz",
            cue="said",
            stance=("affirms", "denies")[its[0] % 2],
        )
        for who, its in zip(PEOPLE, marks, strict=False)
        if its
    ]
    return units(article, TEXT, *mentions, *claims, people=PEOPLE[:3])


ARTICLES = st.lists(st.lists(st.lists(st.integers(0, 9), max_size=5), min_size=3, max_size=3), min_size=1, max_size=4)


@given(ARTICLES)
def test_the_sums_of_articles_give_the_measure_of_all_together(marks: list[list[list[int]]]) -> None:
    """F1 and alpha of the sums against F1 and alpha of everything laid together, by their definitions."""
    articles = [article_by_chance(each) for each in marks]
    mentions, words = Sums(), Sums()
    for article in articles:
        mentions.append(MENTIONS.count(article))
        words.append(MENTION_WORDS.count(article))
    both = [(n, article) for n, article in enumerate(articles) if {0, 1} <= article.work.keys()]
    mine, theirs = ({(n, unit) for n, article in both for unit in article.work[who].mention_units} for who in (0, 1))
    found = EXACT.score(stats_of(mentions.total(), "").get((0, 1), {}))
    assert found.value == (pytest.approx(2 * len(mine & theirs) / (len(mine) + len(theirs))) if mine | theirs else None)
    items = [
        [
            frozenset(unit.label for unit in work.mention_units if unit.spans[0].overlaps(word))
            for work in article.work.values()
        ]
        for article in articles
        for word in article.words
        if len(article.work) > 1
    ]
    said = [value for item in items for value in item]
    differing = sum(one != other for one, other in permutations(said, 2))
    if differing:
        observed = sum(sum(a != b for a, b in permutations(item, 2)) / (len(item) - 1) for item in items) / len(said)
        expected = differing / (len(said) * (len(said) - 1))
        value = scored(NOMINAL, stats_of(words.total(), "")).value
        assert value == pytest.approx(1 - observed / expected)


@given(ARTICLES)
def test_swapping_people_changes_nothing(marks: list[list[list[int]]]) -> None:
    def values(order: tuple[int, int, int]) -> dict[tuple[str, str, str], float | None]:
        found: dict[tuple[str, str, str], float | None] = {}
        totals: dict[str, Tally] = {}
        for each in marks:
            article = article_by_chance([each[place] for place in order])
            for layer in layers():
                tally = totals.setdefault(layer.key, {})
                for key, amount in layer.count(article).items():
                    tally[key] = tally.get(key, 0) + amount
        for layer in layers():
            for label in {label for label, _, _ in totals[layer.key]}:
                for measure in layer.measures:
                    found[layer.key, label, measure.key] = scored(measure, stats_of(totals[layer.key], label)).value
        return found

    one, other = values((0, 1, 2)), values((2, 0, 1))
    assert one.keys() == other.keys()
    assert {key: value for key, value in one.items() if value is not None} == pytest.approx(
        {key: value for key, value in other.items() if value is not None}
    )


def sums_of(count: int) -> Sums:
    sums = Sums()
    for number in range(count):
        sums.append(MENTIONS.count(article_by_chance([[number % 7, 1], [number % 5, 1], [3]])))
    return sums


def test_the_same_seed_gives_the_same_interval_and_it_holds_the_value() -> None:
    sums = sums_of(30)
    one, same, other = (Drawn(sums, [EXACT], 200, seed).interval(EXACT, "") for seed in (1, 1, 2))
    assert one == same
    assert one != other
    value = scored(EXACT, stats_of(sums.total(), "")).value
    assert one is not None
    assert value is not None
    assert one[0] < value < one[1]


def test_the_interval_is_that_of_measuring_the_drawn_articles_anew() -> None:
    import numpy as np

    sums = sums_of(8)
    source = np.random.RandomState(3)
    values = []
    for _ in range(100):
        tally: Tally = {}
        for row in source.randint(0, 8, 8).tolist():
            for key, amount in sums.row(row).items():
                tally[key] = tally.get(key, 0) + amount
        values.append(scored(EXACT, stats_of(tally, "")).value or 0.0)
    assert Drawn(sums, [EXACT], 100, 3).interval(EXACT, "") == pytest.approx(tuple(np.percentile(values, [2.5, 97.5])))


def test_one_article_has_no_interval() -> None:
    assert Drawn(sums_of(1), [EXACT], 50, 0).interval(EXACT, "") is None


class Corpus:
    """Articles of two people, some of whom agree."""

    def __init__(self, articles: list[AnnotatedArticle], people: list[Annotator]) -> None:
        self._articles, self._people = articles, people
        self._project = make_project()

    @property
    def project(self) -> Project:
        return self._project

    def article_count(self) -> int:
        return len(self._articles)

    def annotators(self) -> Iterator[Annotator]:
        return iter(self._people)

    def entities(self) -> Iterator[Entity]:
        return iter(())

    def links(self) -> Iterator[Link]:
        return iter(())

    def entity_comments(self) -> Iterator[Comment]:
        return iter(())

    def articles(self) -> Iterator[AnnotatedArticle]:
        return iter(self._articles)


def a_corpus() -> Corpus:
    articles = []
    for number in range(6):
        article = make_article(TEXT, title=f"=Article {number} & 50 %")
        records: list[Mention | Claim] = [
            make_mention(article, TEXT, "Ana Ruiz", author=ANNA),
            make_mention(article, TEXT, "Ana Ruiz", author=BEN, label=("actor", "location")[number % 2]),
            make_claim(article, TEXT, author=ANNA, by="Ana Ruiz", cue="said"),
            make_claim(article, TEXT, author=BEN, by="Ana Ruiz", cue="said", stance=STANCES[number % 3 // 2]),
        ]
        articles.append(annotated(article, TEXT, records))
    alone = make_article(TEXT, title="Alone")
    articles.append(annotated(alone, TEXT, [make_mention(alone, TEXT, "Orsa", author=ANNA)]))
    idle = make_annotator(PEOPLE[0], "Idle")
    return Corpus(articles, [make_annotator(ANNA, "Anna"), make_annotator(BEN, "Ben"), idle])


def reported(asked: Asked | None = None) -> Report:
    found = Found()
    steps = list(compare_corpus(a_corpus(), asked or Asked(draws=50), found))
    assert steps[-1][0] == steps[-1][1]
    assert found.report is not None
    return found.report


def test_the_report_says_what_was_compared_and_how() -> None:
    report = reported(Asked(draws=50, seed=7, guidelines="2.1"))
    assert (report.articles, report.of_articles) == (6, 7)
    said = methods(report)
    assert "Agreement was measured on 6 articles" in said
    assert "two or more of 2 annotators" in said
    assert "guidelines 2.1" in said
    assert "at least half of their union in common" in said
    assert "(50 draws, seed 7)" in said
    assert "Krippendorff 2011" in said
    stance = next(line for line in report.main() if line.label == "stance" and line.measure == "kappa")
    assert stance.score.value == 0
    assert stance.score.interval is not None
    act = next(line for line in report.main() if line.label == "act" and line.measure == "alpha")
    assert act.score.words().startswith("undefined, because everybody always gave the same value")


def test_the_worst_articles_come_first_and_the_tables_of_labels_are_by_person() -> None:
    report = reported()
    means = [part.mean for part in report.worst]
    assert means == sorted(means, key=lambda mean: mean or 0)
    labels = next(matrix for matrix in report.matrices if matrix.label == "label")
    assert list(labels.people) == ["Anna", "Ben"]
    assert labels.values == ("actor", "location")
    assert [list(row) for row in labels.counts] == [[3, 3], [0, 0]]
    assert labels.specific() == (("actor", 9, 6 / 9), ("location", 3, 0))


def test_the_report_is_the_same_each_time_and_is_plain_json() -> None:
    one, other = (json.dumps(to_json(reported())["scores"]) for _ in range(2))
    assert one == other
    assert "NaN" not in one


def test_labels_that_nobody_used_are_not_listed() -> None:
    lines = reported(Asked(draws=0)).main(lambda line: line.layer == "mention words")
    assert {line.label for line in lines} == {"", "actor", "location"}


def test_only_the_labels_asked_for_are_compared() -> None:
    report = reported(Asked(draws=0, labels=("location",)))
    assert {line.label for line in report.main(lambda line: line.layer == "mentions")} == {"", "location"}
    assert "only those labelled location" in methods(report)


def test_latex_escapes_what_it_would_run() -> None:
    assert escaped("50 % of_{a}\\x") == r"50 \% of\_\{a\}\textbackslash{}x"
    table = latex(reported())
    assert table.count(r"\\") >= 10
    assert "Undefined, because everybody" in table


def test_months_are_those_of_the_last_change() -> None:
    months = reported().months
    assert [part.articles for part in months] == [6]
    assert months[0].key == "2026-11"


def test_nobody_in_common_is_said() -> None:
    comparison = Comparison(around(PEOPLE[:2]), layers())
    comparison.add(article_by_chance([[1], [], []]))
    list(comparison.summing_up(10))
    report = comparison.report("", 10)
    assert report.articles == 0
    assert all(line.score.value is None and line.score.undefined for line in report.lines)


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    file = a_project(tmp_path, with_ben=True)
    for number in range(4):
        article = add_article(file, f"{TEXT} {number}", title=f"=Article {number}")
        text = f"{TEXT} {number}"
        for who in (ANNA, BEN):
            file.apply(made(make_claim(article, text, by="Ana Ruiz", cue="said", author=who)), who)
            if who is ANNA or number:
                file.apply(made(make_mention(article, text, "Ana Ruiz", author=who)), who)
    file.close()
    return file.path


def test_the_command_prints_the_scores_and_writes_files(
    project_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = project_file.read_bytes()
    words = [
        "agree",
        str(project_file),
        "--draws",
        "100",
        "--csv",
        str(tmp_path / "csv"),
        "--svg",
        str(tmp_path / "svg"),
    ]
    assert cli.main([*words, "--latex", str(tmp_path / "table.tex")], Faces()) == 0
    said = capsys.readouterr().out
    assert "F1 of exact spans" in said
    assert "Intervals are 95 % percentile intervals" in said
    assert project_file.read_bytes() == before
    with (tmp_path / "csv" / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][1] == "'=Article 0"  # no spreadsheet runs it
    with (tmp_path / "csv" / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        scores = list(csv.DictReader(file))
    exact = next(row for row in scores if row["layer"] == "Mentions" and row["measure"] == "F1 of exact spans")
    assert float(exact["value"]) == pytest.approx(6 / 7)
    for picture in sorted((tmp_path / "svg").iterdir()):
        ElementTree.parse(picture)
    assert r"\begin{longtable}" in (tmp_path / "table.tex").read_text(encoding="utf-8")


def test_the_command_prints_json(project_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        cli.main(
            ["agree", str(project_file), "--json", "--draws", "0", "--annotator", "Anna", "--annotator", "Ben"], Faces()
        )
        == 0
    )
    report = json.loads(capsys.readouterr().out)
    claims = next(one for one in report["scores"] if one["layer"] == "claims" and one["measure"] == "agr")
    assert claims["value"] == 1
    assert claims["interval"] is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--annotator", "Nobody"], "Nobody in the project is called “Nobody”; there are Anna, Ben."),
        (["--annotator", "Anna"], "There is nothing to compare"),
        (["--label", "weather"], "The schema has no label “weather”"),
        (["--draws", "-1"], "--draws takes a number of 0 or more"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence_and_exit_code_2(
    project_file: Path, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["agree", str(project_file), *words], Faces()) == 2
    assert sentence in capsys.readouterr().err


def test_agr_is_symmetric_and_alpha_of_pooled_articles_is_no_mean_of_theirs() -> None:
    one, other = article_by_chance([[0], [0], []]), article_by_chance([[1, 2], [3], []])
    tallies = [MENTION_WORDS.count(article) for article in (one, other)]
    pooled = Sums()
    for tally in tallies:
        pooled.append(tally)
    each = [scored(NOMINAL, stats_of(tally, "")).value or 0.0 for tally in tallies]
    assert scored(NOMINAL, stats_of(pooled.total(), "")).value != pytest.approx(sum(each) / 2)
    assert CLAIMS.count(one)["", (0, 1), ("mine found",)] == 1


def test_tables_of_three_people_count_each_meeting_half_in_both_directions() -> None:
    article = make_article(TEXT)
    records = [
        make_mention(article, TEXT, "Orsa", author=who, label=label)
        for who, label in zip(PEOPLE, ("actor", "location", "location"), strict=False)
    ]
    comparison = Comparison(around(PEOPLE[:3]), layers())
    comparison.add(units(article, TEXT, *records, people=PEOPLE[:3]))
    list(comparison.summing_up(0))
    labels = next(one for one in comparison.report("", 0).matrices if one.label == "label")
    assert not labels.people
    assert [list(row) for row in labels.counts] == [[0, 1], [1, 1]]  # two pairs differ, one agrees
