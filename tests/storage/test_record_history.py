"""The history of one record: every edit of it, oldest first, each beginning where the one before ended."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from annotator.domain.edits import EditKind
from annotator.domain.mentions import Mention
from annotator.domain.pasts import Past, differences
from annotator.editing import describing, linking, tagging, uniting
from annotator.editing.restoring import restore
from annotator.errors import DamagedProject
from tests.editing.bench import Bench
from tests.storage.raw import tamper

TEXT = "Ana Ruiz met Bo Lind in Kabul. Ruiz left."


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path, TEXT)
    yield made
    made.workspace.close()


def pasts(bench: Bench, id_: str | None, *limit: int) -> tuple[Past, ...]:
    found: tuple[Past, ...] = bench.records.past_of(id_, *limit)
    return found


def test_every_edit_of_a_record_is_told_and_leads_to_the_next(bench: Bench) -> None:
    mention = bench.tag("Ana Ruiz")
    bench.do(describing.describe_mention, mention.id, note="who?")
    bench.workspace.undo()
    bench.workspace.redo()
    bench.do(tagging.untag, mention.id)
    found = pasts(bench, mention.id)
    assert [(one.kind.value, one.step) for one in found] == [
        ("tag", "do"),
        ("describe mention", "do"),
        ("describe mention", "undo"),
        ("describe mention", "redo"),
        ("untag", "do"),
    ]
    assert found[0].before is None
    assert found[0].after == mention
    assert found[-1].after is None
    assert all(one.after == other.before for one, other in pairwise(found))
    assert {one.annotator for one in found} == {bench.who.id}
    assert [one.at for one in found] == sorted(one.at for one in found)


def test_only_the_last_edits_are_told_where_fewer_are_asked_for(bench: Bench) -> None:
    mention = bench.tag("Ana Ruiz")
    for note in ("a", "b", "c"):
        bench.do(describing.describe_mention, mention.id, note=note)
    notes = [one.after.note for one in pasts(bench, mention.id, 2) if isinstance(one.after, Mention)]
    assert notes == ["b", "c"]
    assert pasts(bench, "nobody") == ()


def test_an_edit_of_many_records_is_told_of_each_as_it_concerned_it(bench: Bench) -> None:
    first, second = bench.tag("Ana Ruiz"), bench.tag("Bo Lind")
    bench.do(uniting.merge, first.entity, second.entity)
    moved, gone, kept = (pasts(bench, id_)[-1] for id_ in (second.id, second.entity, first.entity))
    assert {one.kind for one in (moved, gone, kept)} == {EditKind.MERGE_ENTITIES}
    assert [one.field for one in differences(moved.before, moved.after)] == ["entity"]
    assert gone.after is None
    assert [(one.field, one.before) for one in differences(kept.before, kept.after)] == [("aliases", [])]
    told = {one.field: (one.before, one.after) for one in differences(gone.before, gone.after)}
    assert told["name"] == ("Bo Lind", None), "all that it said is gone"
    assert {one.field: one.after for one in differences(None, gone.before)}["name"] == "Bo Lind"


def test_a_deleted_record_comes_back_with_what_it_names(bench: Bench) -> None:
    mention = bench.tag("Ana Ruiz")
    bench.do(linking.rename_entity, mention.entity, "Ana Ruiz Vega")
    bench.do(uniting.delete_entity, mention.entity)
    bench.do(tagging.untag, mention.id)
    with_entity = pasts(bench, mention.id)[0].after

    def last_state(id_: str) -> object:
        return next((one.before for one in reversed(pasts(bench, id_)) if one.before is not None), None)

    bench.do(restore, with_entity, last_state)
    assert bench.mention(mention.id).entity == mention.entity
    assert bench.named(mention).name == "Ana Ruiz Vega"
    bench.refused("The mention is so already", restore, bench.mention(mention.id), last_state)
    bench.do(uniting.delete_entity, mention.entity)
    bench.refused("names an entity that is not in the project any more", restore, with_entity, lambda _: None)


def test_a_row_that_says_nothing_of_the_record_is_told_as_damage(bench: Bench) -> None:
    mention = bench.tag("Ana Ruiz")
    tamper(bench.path, "UPDATE history SET changes = '[]' WHERE kind = 'tag'")
    with pytest.raises(DamagedProject, match="cannot be read"):
        pasts(bench, mention.id)
