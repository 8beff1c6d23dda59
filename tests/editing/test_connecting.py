"""Links between entities and between claims: what may be linked, in which direction, and from when until when."""

import pytest

from annotator.domain.ids import LinkId
from annotator.domain.links import Between
from annotator.editing import connecting
from tests.editing.bench import Bench

TEXT = "Ana Ruiz met Bo Lind and Cy Young. “The bridge will hold,” Ruiz said. Fifteen men died, Lind said."


def people(bench: Bench) -> list[str]:
    return [bench.named(bench.tag(name)).id for name in ("Ana Ruiz", "Bo Lind", "Cy Young")]


def linked(bench: Bench, label: str, origin: str, target: str) -> LinkId:
    return LinkId(bench.do(connecting.connect, label, Between.ENTITIES, origin, target).changes[0].record.id)


def test_a_link_is_drawn_once_and_names_both_ends(bench: Bench) -> None:
    ana, bo, cy = people(bench)
    edit = bench.do(connecting.connect, "leads", Between.ENTITIES, ana, bo)
    assert edit.subject == ("Ana Ruiz", "leads", "Bo Lind")
    bench.refused("linked as “leads” already", connecting.connect, "leads", Between.ENTITIES, ana, bo)
    for label, origin, target in (("leads", bo, ana), ("leads", ana, cy), ("member of", ana, bo)):
        linked(bench, label, origin, target)
    assert len(bench.records.links_of(ana)) == 4


def test_a_symmetric_link_counts_in_both_directions(bench: Bench) -> None:
    ana, bo, cy = people(bench)
    linked(bench, "family of", ana, bo)
    bench.refused("linked as “family of” already", connecting.connect, "family of", Between.ENTITIES, bo, ana)
    linked(bench, "family of", cy, ana)
    linked(bench, "opposes", bo, ana)


def test_what_no_link_joins_is_refused(bench: Bench) -> None:
    ana, bo, _ = people(bench)
    first, second = bench.claim("The bridge will hold"), bench.claim("Fifteen men died")
    bench.refused("two different records", connecting.connect, "leads", Between.ENTITIES, ana, ana)
    bench.refused("no link “contradicts” from entity", connecting.connect, "contradicts", Between.ENTITIES, ana, bo)
    bench.refused("no link “leads” from claim", connecting.connect, "leads", Between.CLAIMS, first.id, second.id)
    edit = bench.do(connecting.connect, "contradicts", Between.CLAIMS, first.id, second.id)
    assert edit.subject == ("The bridge will hold", "contradicts", "Fifteen men died")
    bench.do(connecting.disconnect, edit.changes[0].record.id)
    assert bench.records.links_of(first.id) == ()


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2021-05-10", "2021"),
        ("2021-05-10", "2021-05"),
        ("2021-05-10", "2021-05-10"),
        ("2021-05", "2021-05-01"),
        ("2021", "2021"),
        ("", "1999"),
        ("2021", ""),
    ],
)
def test_a_link_may_end_in_the_month_or_year_in_which_it_began(bench: Bench, since: str, until: str) -> None:
    ana, bo, _ = people(bench)
    link = linked(bench, "member of", ana, bo)
    bench.do(connecting.describe_link, link, since=since, until=until)
    found = bench.records.link(link)
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    ("since", "until"),
    [("2021-05-10", "2021-05-09"), ("2021-06", "2021-05-31"), ("2021", "2020"), ("2021-01-01", "2020-12")],
)
def test_a_link_cannot_end_before_it_begins(bench: Bench, since: str, until: str) -> None:
    ana, bo, _ = people(bench)
    link = linked(bench, "member of", ana, bo)
    bench.do(connecting.describe_link, link, since=since)
    bench.refused(f"cannot end .{until}. before it begins .{since}.", connecting.describe_link, link, until=until)
    assert bench.records.link(link).until == ""


@pytest.mark.parametrize("field", ["since", "until"])
def test_what_is_no_date_is_refused_at_either_end(bench: Bench, field: str) -> None:
    ana, bo, _ = people(bench)
    link = linked(bench, "leads", ana, bo)
    bench.refused("is no date", connecting.describe_link, link, **{field: "last May"})
    bench.do(connecting.describe_link, link, note="last May")
    assert bench.records.link(link).note == "last May"
