"""Collects what people did article by article, and makes the report of it, a layer at a time."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from annotator.agreement.base import Key, Layer, Measure, Pair, Stats, Tally, scored, stats_of
from annotator.agreement.bootstrap import Drawn
from annotator.agreement.kappa import FLEISS
from annotator.agreement.report import HEADS, Case, Line, Matrix, Named, Part, Person, Report
from annotator.agreement.sums import Sums
from annotator.agreement.token_labels import NO
from annotator.agreement.units import Around, ArticleUnits

_MOST_VALUES = 30
"""A table of more values than this is not read by anybody."""


class Comparison:
    """The agreement of the people in around. Memory grows by some sums for each article, not by its records."""

    def __init__(self, around: Around, layers: tuple[Layer, ...]) -> None:
        self._around, self._layers = around, layers
        self._sums = {layer.key: Sums() for layer in layers}
        self._titles: list[tuple[str, str]] = []
        self._months: list[str] = []
        self._seen = self._words = self._zones = self._left_out = 0
        self._counts: Counter[tuple[int, str]] = Counter()
        self._lines: list[Line] = []
        self._matrices: list[Matrix] = []

    @property
    def steps(self) -> int:
        """How many steps summing_up takes."""
        return len(self._layers)

    def add(self, article: ArticleUnits) -> None:
        """Takes the next article; it counts where two or more people annotated it."""
        self._seen += 1
        if len(article.work) < 2:
            return
        for layer in self._layers:
            self._sums[layer.key].append(layer.count(article))
        self._titles.append((article.article.id, article.article.title))
        self._months.append(article.month)
        self._words += len(article.words)
        self._zones += len(article.left_out)
        self._left_out += sum(map(len, article.left_out))
        for number, work in article.work.items():
            self._counts[number, "articles"] += 1
            self._counts[number, "mentions"] += len(work.mentions)
            self._counts[number, "claims"] += len(work.claims)

    def summing_up(self, draws: int) -> Iterator[None]:
        """Makes the scores, a layer a step; draws is how often articles are drawn for an interval, 0 for none."""
        for layer in self._layers:
            sums = self._sums[layer.key]
            drawn = Drawn(sums, layer.measures, draws, self._around.seed) if draws else None
            total = sums.total()
            labels = sorted({label for label, _, _ in total}) or [""]
            for label in sorted(labels, key=self._place):
                by_pair = stats_of(total, label)
                if not label or not _is_unused(by_pair):
                    self._lines += self._scores(layer, label, by_pair, drawn)
                    self._matrices += self._tables(layer, label, by_pair)
            yield

    def report(self, guidelines: str, draws: int) -> Report:
        """The report of what was summed up."""
        around = self._around
        people = tuple(
            Person(
                one.name, one.kind.value, *(self._counts[number, what] for what in ("articles", "mentions", "claims"))
            )
            for number, one in enumerate(around.annotators)
        )
        measures = {measure.key: measure for layer in self._layers for measure in layer.measures}
        return Report(
            project="",
            schema=around.schema.name,
            guidelines=guidelines,
            articles=len(self._titles),
            of_articles=self._seen,
            words=self._words,
            people=people,
            left_out=(self._zones, self._left_out),
            labels=tuple(sorted(around.labels)),
            seed=around.seed,
            draws=draws,
            layers=tuple(
                Named(one.key, one.title, one.unit, rules=one.rules, label_name=one.label_name) for one in self._layers
            ),
            measures=tuple(
                Named(one.key, one.title, method=one.method, source=one.source, is_distance=one.is_distance)
                for one in measures.values()
            ),
            lines=tuple(self._lines),
            matrices=tuple(self._matrices),
            worst=self._worst(),
            months=self._by_month(draws),
        )

    def cases(self, matrix: Matrix, one: str, other: str) -> tuple[Case, ...]:
        """The articles where two of a table's values met, those where it happened most first."""
        wanted = {(one, other)} if matrix.people else {(one, other), (other, one)}

        def is_wanted(key: Key) -> bool:
            label, pair, stat = key
            if label != matrix.label or pair is None or stat[0] != "c":
                return False
            return (_name(stat[1]), _name(stat[2])) in wanted

        met: dict[tuple[int, Pair], float] = defaultdict(float)
        for row, (_, pair, _), amount in self._sums[matrix.layer].where(is_wanted):
            if pair is not None:
                met[row, pair] += amount
        return tuple(
            Case(*self._titles[row], self._names(pair), amount)
            for (row, pair), amount in sorted(met.items(), key=lambda its: (-its[1], its[0]))
        )

    def _place(self, label: str) -> tuple[int, str]:
        """All labels together come first, then those of the schema in its order."""
        keys = ["", *(one.key for one in self._around.schema.labels)]
        return (keys.index(label) if label in keys else len(keys), label)

    def _scores(
        self, layer: Layer, label: str, by_pair: Mapping[Pair | None, Stats], drawn: Drawn | None
    ) -> Iterator[Line]:
        for measure in layer.measures:
            if measure is FLEISS and len(self._around.annotators) < 3:
                continue
            score = scored(measure, by_pair)
            interval = drawn.interval(measure, label) if drawn and score.value is not None else None
            yield Line(layer.key, measure.key, label, (), replace(score, interval=interval))
            for pair in sorted(pair for pair in by_pair if pair is not None):
                of_pair = measure.score(by_pair[pair])
                if of_pair.value is not None or measure.is_pairwise:
                    yield Line(layer.key, measure.key, label, self._names(pair), of_pair)

    def _names(self, pair: Pair) -> tuple[str, str]:
        return self._around.annotators[pair[0]].name, self._around.annotators[pair[1]].name

    def _tables(self, layer: Layer, label: str, by_pair: Mapping[Pair | None, Stats]) -> Iterator[Matrix]:
        pairs = [pair for pair in by_pair if pair is not None]
        met: dict[tuple[Any, Any], float] = defaultdict(float)
        for pair in pairs:
            for stat, amount in by_pair[pair].items():
                if stat[0] == "c":
                    met[stat[1], stat[2]] += amount
        values = {value for both in met for value in both}
        if not values or len(values) > _MOST_VALUES or not all(isinstance(value, str | tuple) for value in values):
            return
        if len(pairs) > 1:
            met = {both: (met.get(both, 0) + met.get(both[::-1], 0)) / 2 for one in met for both in (one, one[::-1])}
        ordered = sorted(values)
        counts = tuple(tuple(met.get((one, other), 0.0) for other in ordered) for one in ordered)
        names = tuple(map(_name, ordered))
        yield Matrix(layer.key, label, names, counts, self._names(pairs[0]) if len(pairs) == 1 else ())

    def _heads(self) -> list[tuple[Sums, Measure]]:
        known = {(layer.key, one.key): (self._sums[layer.key], one) for layer in self._layers for one in layer.measures}
        return [known[head] for head in HEADS]

    def _worst(self) -> tuple[Part, ...]:
        columns = [[_value(measure, tally) for tally in sums.rows()] for sums, measure in self._heads()]
        parts = [
            Part(id_, title, 1, tuple(column[at] for column in columns)) for at, (id_, title) in enumerate(self._titles)
        ]
        return tuple(sorted(parts, key=lambda part: (2.0 if part.mean is None else part.mean, part.title, part.key)))

    def _by_month(self, draws: int) -> tuple[Part, ...]:
        rows: dict[str, list[int]] = {}
        for row, month in enumerate(self._months):
            rows.setdefault(month, []).append(row)
        return tuple(self._month(month, its, draws) for month, its in sorted(rows.items()))

    def _month(self, month: str, rows: list[int], draws: int) -> Part:
        values, intervals = [], []
        for sums, measure in self._heads():
            its = sums.only(rows, "")
            value = _value(measure, its.total())
            drawn = Drawn(its, [measure], draws, self._around.seed) if draws and value is not None else None
            values.append(value)
            intervals.append(drawn.interval(measure, "") if drawn else None)
        return Part(month, month, len(rows), tuple(values), tuple(intervals))


def _value(measure: Measure, tally: Tally) -> float | None:
    return scored(measure, stats_of(tally, "")).value


def _name(value: Any) -> str:
    return value if isinstance(value, str) else str(value[-1]) if isinstance(value, tuple) else str(value)


def _is_unused(by_pair: Mapping[Pair | None, Stats]) -> bool:
    """Whether a label was given by nobody: every word is without it."""
    stats = [stat for its in by_pair.values() for stat in its if stat[0] == "c"]
    return bool(stats) and all(set(stat[1:]) == {NO} for stat in stats)
