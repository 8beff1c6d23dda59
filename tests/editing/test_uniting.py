"""Entities merged, split, kept apart and deleted: whatever names one of them names the right one afterwards."""

import pytest

from annotator.domain.claims import Claim
from annotator.domain.entities import AliasKind, Basis, Entity, Place
from annotator.domain.events import Quantity
from annotator.domain.identifiers import Identifier
from annotator.domain.ids import EntityId
from annotator.domain.links import Between
from annotator.domain.values import value_of
from annotator.editing import claiming, connecting, describing, designing, linking, recounting, uniting
from annotator.editing.schema_json import Section
from tests.editing.bench import Bench

TEXT = (
    "Ana Ruiz met Bo Lind and Cy Young in Kabul. “It will hold,” Ruiz told Lind. Amrullah Salh left Orsa.\n"
    "Bo Lind said fifteen men died. Ana Ruiz denied it."
)


def person(bench: Bench, name: str) -> EntityId:
    return bench.named(bench.tag(name)).id


def told(bench: Bench, who: EntityId) -> Claim:
    """A claim that names somebody everywhere a claim can."""
    claim = bench.claim("fifteen men died")
    bench.do(claiming.add_entity_as_source, claim.id, who)
    bench.do(describing.describe_claim, claim.id, about=(who,))
    for role in ("actors", "recipients"):
        bench.do(recounting.add_party, claim.id, role, who)
    bench.do(recounting.add_quantity, claim.id, Quantity("killed", "fifteen", bench.words("fifteen"), whom=who))
    return bench.its(claim)


def test_all_that_named_the_merged_one_names_the_kept_one(bench: Bench) -> None:
    ana, bo = person(bench, "Ana Ruiz"), person(bench, "Bo Lind")
    claim = told(bench, bo)
    edit = bench.do(uniting.merge, ana, bo)
    assert edit.subject == ("Bo Lind", "Ana Ruiz")
    after = bench.its(claim)
    assert after.entities == {ana}
    assert (after.sources[0].entity, after.about, after.event.actors) == (ana, (ana,), (ana,))
    assert (after.event.recipients, after.event.quantities[0].whom) == ((ana,), ana)
    assert after.changed > claim.changed
    assert len(bench.records.mentions_of(ana)) == 2
    assert bench.records.find(Entity, bo) is None
    bench.workspace.undo()
    assert bench.its(claim) == claim


def test_nobody_is_a_source_or_a_party_twice_after_a_merge(bench: Bench) -> None:
    ana, bo = person(bench, "Ana Ruiz"), person(bench, "Bo Lind")
    claim = told(bench, bo)
    bench.do(claiming.add_entity_as_source, claim.id, ana)
    bench.do(claiming.add_source, claim.id, bench.words("Bo Lind", nth=1))
    bench.do(recounting.add_party, claim.id, "actors", ana)
    bench.do(uniting.merge, ana, bo)
    after = bench.its(claim)
    assert [(one.entity, bool(one.spans)) for one in after.sources] == [(ana, False), (ana, True)]
    assert after.event.actors == (ana,)


def test_several_are_merged_in_one_step_and_none_with_itself(bench: Bench) -> None:
    ana, bo, cy = (person(bench, name) for name in ("Ana Ruiz", "Bo Lind", "Cy Young"))
    claim = told(bench, bo)
    bench.do(describing.describe_claim, claim.id, about=(bo, cy, ana))
    for merged in ((), (ana,), (bo, ana)):
        bench.refused("two different entities", uniting.merge_all, ana, merged)
    edit = bench.do(uniting.merge_all, ana, (bo, cy, bo))
    assert edit.subject == ("2 entities", "Ana Ruiz")
    assert sum(change.record.id == claim.id for change in edit.changes) == 1
    assert bench.its(claim).about == (ana,)
    assert bench.entity(ana).names == ("Ana Ruiz", "Bo Lind", "Cy Young")


def test_what_the_kept_one_says_stands_and_the_other_fills_what_is_open(bench: Bench) -> None:
    ana, bo = person(bench, "Ana Ruiz"), person(bench, "Bo Lind")
    bench.do(linking.add_alias, ana, "The Bridge", AliasKind.NICKNAME)
    for alias in ("the  bridge", "Lindo", "ANA RUIZ"):
        bench.do(linking.add_alias, bo, alias, AliasKind.NICKNAME)
    ids = Identifier("wikidata", "Q1"), Identifier("own", "7")
    bench.do(linking.describe_entity, ana, description="Builds.", role="engineer", sectors=("GOV",), ids=ids[:1])
    bench.do(
        linking.describe_entity, bo, description="Dives.", role="diver", country="swe", sectors=("GOV", "MED"), ids=ids
    )
    bench.do(uniting.merge, ana, bo)
    after = bench.entity(ana)
    assert after.names == ("Ana Ruiz", "The Bridge", "Bo Lind", "Lindo")
    assert (after.description, after.role, after.country) == ("Builds.\nDives.", "engineer", "SWE")
    assert (after.sectors, after.ids) == (("GOV", "MED"), ids)


@pytest.mark.parametrize(("kept", "lat"), [("Kabul", 34.5), ("Orsa", 35.0)])
def test_a_place_keeps_its_own_point_or_gets_the_others(bench: Bench, kept: str, lat: float) -> None:
    kabul, orsa = (bench.named(bench.tag(name, "location")).id for name in ("Kabul", "Orsa"))
    bench.do(linking.set_place, kabul, Place(lat=34.5, lon=69.2, basis=Basis.GAZETTEER))
    if kept == "Orsa":
        bench.do(linking.set_place, orsa, Place(lat=35.0, lon=70.0, basis=Basis.GAZETTEER))
    one, other = (kabul, orsa) if kept == "Kabul" else (orsa, kabul)
    bench.do(uniting.merge, one, other)
    assert bench.entity(one).place.lat == lat


def test_links_follow_a_merge_but_none_twice_and_none_to_oneself(bench: Bench) -> None:
    ana, bo, cy = (person(bench, name) for name in ("Ana Ruiz", "Bo Lind", "Cy Young"))
    for label, origin, target in (
        ("leads", ana, cy),
        ("leads", bo, cy),  # said of Ana already
        ("leads", cy, bo),  # the other way round
        ("family of", cy, ana),
        ("family of", bo, cy),  # the same way round, for it is symmetric
        ("opposes", ana, bo),  # would join her to herself
        ("member of", bo, cy),
    ):
        bench.do(connecting.connect, label, Between.ENTITIES, origin, target)
    bench.do(uniting.keep_apart, bo, cy)
    bench.do(uniting.merge, ana, bo)
    assert {(link.label, link.origin, link.target) for link in bench.records.links_of(ana)} == {
        ("leads", ana, cy),
        ("leads", cy, ana),
        ("family of", cy, ana),
        ("member of", ana, cy),
        ("different from", ana, cy),
    }
    assert len(bench.records.links_of(ana)) == 5


def test_two_are_kept_apart_once_in_either_order(bench: Bench) -> None:
    ana, bo = person(bench, "Ana Ruiz"), person(bench, "Bo Lind")
    bench.refused("one entity", uniting.keep_apart, ana, ana)
    assert bench.do(uniting.keep_apart, ana, bo).subject == ("Ana Ruiz", "Bo Lind")
    bench.refused("kept apart already", uniting.keep_apart, bo, ana)
    bench.do(uniting.keep_apart, person(bench, "Cy Young"), bo)


def test_deleting_leaves_mentions_and_claims_without_the_entity(bench: Bench) -> None:
    ana, bo = person(bench, "Ana Ruiz"), person(bench, "Bo Lind")
    claim = told(bench, bo)
    bench.do(claiming.add_source, claim.id, bench.words("Bo Lind", nth=1))
    bench.do(connecting.connect, "leads", Between.ENTITIES, ana, bo)
    bench.do(uniting.delete_entity, bo)
    after = bench.its(claim)
    assert [(one.quote, one.entity) for one in after.sources] == [("Bo Lind", None)], "the one without words goes"
    assert after.entities == frozenset()
    assert after.event.quantities[0].words == "fifteen"
    assert {one.entity for one in bench.records.mentions_in(bench.article)} == {ana, None}
    assert bench.records.links_of(ana) == ()


def with_boss(bench: Bench) -> None:
    """A schema in which mentions and entities name others in a field of the team's own."""
    for section in (Section.MENTION_ATTRIBUTES, Section.ENTITY_ATTRIBUTES):
        bench.do(designing.add, section, {"key": "boss", "type": "entities", "tier": "optional"})


def test_fields_that_name_entities_follow_a_merge_and_a_deletion(bench: Bench) -> None:
    with_boss(bench)
    ana, bo, cy = (person(bench, name) for name in ("Ana Ruiz", "Bo Lind", "Cy Young"))
    mention = bench.tag("Amrullah Salh")
    bench.do(describing.set_value, mention, "boss", (bo, ana))
    bench.do(describing.set_value, bench.entity(ana), "boss", (bo, cy))
    bench.do(describing.set_value, bench.entity(cy), "boss", (bo,))
    bench.do(uniting.merge, ana, bo)
    assert value_of(bench.mention(mention.id).attributes, "boss") == (ana,)
    assert value_of(bench.entity(ana).attributes, "boss") == (cy,), "nobody is her own boss by a merge"
    assert value_of(bench.entity(cy).attributes, "boss") == (ana,)
    bench.do(uniting.delete_entity, ana)
    assert value_of(bench.mention(mention.id).attributes, "boss") == ()
    assert value_of(bench.entity(cy).attributes, "boss") == ()


def test_a_split_takes_mentions_the_names_only_they_use_and_the_claims_on_their_words(bench: Bench) -> None:
    first, second = bench.tag("Ana Ruiz"), bench.tag("Ruiz", nth=1)
    ana = bench.named(first).id
    for mention in (second, bench.tag("Cy Young")):
        bench.do(linking.link, mention.id, ana)
    claim = bench.claim("It will hold")
    bench.do(claiming.add_source, claim.id, bench.words("Ruiz", nth=1))
    bench.do(recounting.set_addressee, claim.id, bench.words("Cy Young"))
    apart = bench.records.mentions_of(ana)[-1]
    edit = bench.do(uniting.split, (second.id, apart.id, second.id))
    assert edit.subject == ("Ana Ruiz", second.quote)
    new = bench.named(second)
    assert (new.names, bench.entity(ana).names) == (("Ruiz", "Cy Young"), ("Ana Ruiz",))
    assert {one.id for one in bench.records.mentions_of(new.id)} == {second.id, apart.id}
    after = bench.its(claim)
    assert after.addressee is not None
    assert (after.sources[0].entity, after.addressee.entity) == (new.id, new.id)


def test_a_split_leaves_the_names_that_others_use_or_that_somebody_gave(bench: Bench) -> None:
    ana = bench.named(bench.tag("Ana Ruiz")).id
    quotes = (("Cy Young", 0), ("Bo Lind", 0), ("Bo Lind", 1))
    young, lind, again = (bench.tag(quote, nth=nth) for quote, nth in quotes)
    for mention in (young, lind, again):
        if bench.mention(mention.id).entity != ana:
            bench.do(linking.link, mention.id, ana)
    bench.do(linking.add_alias, ana, "Lioness", AliasKind.NICKNAME)
    bench.do(uniting.split, (young.id, lind.id))
    assert bench.entity(ana).names == ("Ana Ruiz", "Bo Lind", "Lioness")
    assert bench.named(young).names == ("Cy Young",)


def test_what_a_merge_does_not_change_is_left_as_it_was(bench: Bench) -> None:
    ana = bench.named(bench.tag("Ana Ruiz"))
    other = bench.tag("Ana Ruiz", nth=1)
    bench.do(linking.link_to_new, other.id, "person", "Ana Ruiz")
    edit = bench.do(uniting.merge, ana.id, bench.named(other).id)
    assert bench.entity(ana.id) == ana
    assert ana.id not in {change.record.id for change in edit.changes}


def test_a_split_leaves_somebody_with_the_old_one_and_parts_one_entity_only(bench: Bench) -> None:
    first, other = bench.tag("Ana Ruiz"), bench.tag("Bo Lind")
    again = bench.tag("Ana Ruiz", nth=1)
    bench.refused("leave at least one", uniting.split, (first.id, again.id))
    bench.refused("of one entity", uniting.split, (first.id, other.id))
    bench.refused("of one entity", uniting.split, (bench.tag("fifteen", "quantity").id,))
    claim = bench.claim("It will hold")
    bench.do(claiming.add_source, claim.id, bench.words("Ana Ruiz"))
    bench.do(uniting.split, (again.id,), "Ana the younger")
    assert bench.named(again).names == ("Ana the younger",)
    assert bench.its(claim).sources[0].entity == bench.named(first).id, "words elsewhere mean who they meant"
