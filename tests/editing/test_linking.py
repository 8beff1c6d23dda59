"""Who a mention names: what follows when that changes, which names are learned, and which entities go by themselves."""

from collections.abc import Callable

import pytest

from annotator.domain.edits import Edit
from annotator.domain.entities import Alias, AliasKind, Basis, Entity, Place
from annotator.domain.identifiers import Identifier
from annotator.domain.ids import AnnotatorId, EntityId
from annotator.domain.known_names import KnownName
from annotator.domain.links import Between
from annotator.domain.mentions import Mention
from annotator.domain.proposals import Located
from annotator.domain.suggestions import Suggestion, SuggestionKind
from annotator.editing import (
    claiming,
    commenting,
    connecting,
    describing,
    designing,
    linking,
    recounting,
    suggesting,
    tagging,
)
from annotator.editing.known_names import take_known_names
from annotator.editing.schema_json import Section
from annotator.services.projects import Person
from tests.editing.bench import Bench

TEXT = (
    "Ana Ruiz met Bo Lind in Kabul. “It will hold,” Ruiz told Lind. The engineer left.\n"
    "Müller said fifteen men died. Ana Ruiz denied it."
)


def is_there(bench: Bench, entity: EntityId | None) -> bool:
    return bench.records.find(Entity, entity) is not None


def test_the_words_of_a_source_may_be_tagged_as_something_else(bench: Bench) -> None:
    mention, claim = bench.tag("Bo Lind"), bench.claim("It will hold")
    bench.do(claiming.add_source, claim.id, mention.spans)
    bench.do(tagging.retag, mention.id, "other")
    assert (bench.mention(mention.id).label, bench.mention(mention.id).entity) == ("other", None)
    assert bench.its(claim).sources[0].entity == mention.entity, "the claim keeps who says so"
    bench.do(tagging.untag, mention.id)
    assert is_there(bench, mention.entity)


def test_who_speaks_and_who_is_spoken_to_follow_their_words(bench: Bench) -> None:
    ruiz, lind, claim = bench.tag("Ruiz", nth=1), bench.tag("Bo Lind"), bench.claim("It will hold")
    bench.do(claiming.add_source, claim.id, ruiz.spans)
    bench.do(recounting.set_addressee, claim.id, lind.spans)
    bench.do(linking.link_to_new, ruiz.id, "crowd", "Builders")
    bench.do(linking.link_to_new, lind.id, "person", "Bo Lind the elder")
    after = bench.its(claim)
    assert after.addressee is not None
    assert after.sources[0].entity == bench.named(ruiz).id
    assert after.addressee.entity == bench.named(lind).id
    assert not is_there(bench, ruiz.entity)
    assert not is_there(bench, lind.entity)
    bench.do(linking.unlink, lind.id)
    after = bench.its(claim)
    assert after.addressee is not None
    assert (after.addressee.entity, after.addressee.quote) == (None, "Bo Lind")


def test_a_teammates_claim_keeps_whom_it_names(bench: Bench) -> None:
    lind, claim = bench.tag("Bo Lind"), bench.claim("It will hold")
    bench.do(claiming.add_source, claim.id, lind.spans)
    bench.do(tagging.untag, lind.id)
    bench.hand_to(Person(AnnotatorId("0190ffff-0000-7000-8000-00000000000a"), "Ben"))
    own = bench.tag("Bo Lind")
    assert own.entity == lind.entity
    bench.do(linking.link_to_new, own.id, "person", "Bo Lind the younger")
    assert bench.its(claim).sources[0].entity == lind.entity
    assert is_there(bench, lind.entity)


def named_by_a_link(bench: Bench, mention: Mention) -> None:
    other = bench.named(bench.tag("Müller")).id
    bench.do(connecting.connect, "leads", Between.ENTITIES, other, mention.entity)


def named_by_a_field(bench: Bench, mention: Mention) -> None:
    bench.do(designing.add, Section.ENTITY_ATTRIBUTES, {"key": "boss", "type": "entity", "tier": "optional"})
    bench.do(describing.set_value, bench.named(bench.tag("Müller")), "boss", (mention.entity,))


def described(bench: Bench, mention: Mention) -> None:
    bench.do(linking.describe_entity, mention.entity, description="An engineer.")


def commented(bench: Bench, mention: Mention) -> None:
    bench.do(commenting.comment, None, "Who is this?", mention.entity)


def tagged_again(bench: Bench, mention: Mention) -> None:
    del mention
    bench.tag("Ana Ruiz", nth=1)


def untouched(bench: Bench, mention: Mention) -> None:
    del bench, mention


Work = Callable[[Bench, Mention], None]
WORK = (named_by_a_link, named_by_a_field, described, commented, tagged_again)


@pytest.mark.parametrize("gesture", [tagging.untag, lambda r, b, m: tagging.retag(r, b, m, "date")])
@pytest.mark.parametrize(("work", "stays"), [(untouched, False), *((work, True) for work in WORK)])
def test_an_entity_goes_with_its_only_mention_unless_somebody_has_worked_on_it(
    bench: Bench, work: Work, *, stays: bool, gesture: Callable[..., Edit]
) -> None:
    mention = bench.tag("Ana Ruiz")
    work(bench, mention)
    bench.do(gesture, mention.id)
    assert is_there(bench, mention.entity) is stays


@pytest.mark.parametrize("work", [named_by_a_field, commented])
def test_what_somebody_worked_on_stays_when_its_label_goes(bench: Bench, work: Work) -> None:
    mention = bench.tag("Ana Ruiz")
    work(bench, mention)
    bench.do(designing.remove, Section.LABELS, "actor", instead="other")
    assert is_there(bench, mention.entity)


@pytest.mark.parametrize(
    "known",
    [
        KnownName("person", "Ana Ruiz", wikidata="Q7"),
        KnownName("person", "Ana Ruiz", aliases=(Alias("La Ruiz"),)),
        KnownName("person", "Ana Ruiz", role="engineer"),
        KnownName("person", "Ana Ruiz", description="An engineer."),
        KnownName("person", "Ana Ruiz", country="AFG"),
        KnownName("place", "Ana Ruiz", lat=35.0, lon=69.0),
        KnownName("place", "Ana Ruiz", geonames="7", lat=35.0, lon=69.0),
    ],
)
def test_who_came_with_a_list_of_known_names_stays_without_mentions(bench: Bench, known: KnownName) -> None:
    bench.do(take_known_names, [known])
    mention = bench.tag("Ana Ruiz")
    assert bench.named(mention).kind == known.kind
    bench.do(tagging.untag, mention.id)
    assert is_there(bench, mention.entity)
    bench.workspace.undo()
    bench.do(designing.remove, Section.LABELS, "actor", instead="other")
    assert is_there(bench, mention.entity)


def test_a_place_that_came_with_a_suggestion_goes_with_it(bench: Bench) -> None:
    there = Located(Place(lat=34.5, lon=69.2, basis=Basis.GAZETTEER), "AFG", "geonames:7", "Kabul, Afghanistan")
    kind, spans = SuggestionKind.MENTION, bench.words("Kabul")
    one = Suggestion("s1", bench.article, "names", kind, "location", spans, 0.9, entity_kind="place", located=there)
    bench.do(suggesting.accept, one)
    (mention,) = bench.records.mentions_in(bench.article)
    assert bench.named(mention).place.lat == 34.5
    bench.do(tagging.untag, mention.id)
    assert not is_there(bench, mention.entity)


def test_only_names_teach_another_name(bench: Bench) -> None:
    ana = bench.named(bench.tag("Ana Ruiz")).id
    for quote in ("Ruiz", "The engineer", "Müller"):
        mention = bench.tag(quote, nth=1 if quote == "Ruiz" else 0)
        bench.do(linking.link, mention.id, ana)
    assert bench.entity(ana).names == ("Ana Ruiz", "Ruiz", "Müller")
    again = bench.tag("Ana Ruiz", nth=1)
    bench.do(linking.unlink, again.id)
    bench.do(linking.link, again.id, ana)
    assert bench.entity(ana).names == ("Ana Ruiz", "Ruiz", "Müller"), "what is known already is no other name"


def test_an_unnamed_source_learns_no_name(bench: Bench) -> None:
    engineer = bench.named(bench.tag("The engineer"))
    assert engineer.kind == "unnamed source"
    bench.do(linking.link, bench.tag("Müller").id, engineer.id)
    assert bench.entity(engineer.id).names == ("The engineer",)


def test_a_name_under_another_spelling_takes_the_place_of_itself(bench: Bench) -> None:
    muller = bench.named(bench.tag("Müller")).id
    bench.do(linking.rename_entity, muller, " Hans  Müller ")
    assert bench.entity(muller).names == ("Hans Müller", "Müller")
    bench.do(linking.rename_entity, muller, "MULLER")
    assert bench.entity(muller).names == ("MULLER", "Hans Müller")
    bench.refused("needs a name", linking.rename_entity, muller, "  ")
    bench.refused("is a name of MULLER already", linking.add_alias, muller, "hans  muller", AliasKind.SPELLING)
    bench.refused("at least one letter", linking.add_alias, muller, " ", AliasKind.SPELLING)


def test_a_sector_that_came_with_the_kind_goes_with_it_and_a_chosen_one_stays(bench: Bench) -> None:
    ana = bench.named(bench.tag("Ana Ruiz")).id
    bench.do(linking.set_kind, ana, "armed group")
    assert bench.entity(ana).sectors == ("REB",)
    bench.do(linking.set_kind, ana, "crowd")
    assert bench.entity(ana).sectors == ("CVL",)
    bench.do(linking.describe_entity, ana, sectors=("MED",))
    bench.do(linking.set_kind, ana, "armed group")
    assert bench.entity(ana).sectors == ("MED",)
    kabul = bench.named(bench.tag("Kabul", "location")).id
    bench.refused("a Location cannot be one", linking.set_kind, kabul, "crowd")


@pytest.mark.parametrize("country", ["AF", "A1B", "ÄFG", "AFGH"])
def test_a_country_is_three_letters(bench: Bench, country: str) -> None:
    ana = bench.named(bench.tag("Ana Ruiz")).id
    bench.refused("is no country code", linking.describe_entity, ana, country=country)
    bench.do(linking.describe_entity, ana, country=" afg ")
    assert bench.entity(ana).country == "AFG"
    bench.do(linking.describe_entity, ana, country="")
    assert bench.entity(ana).country == ""
    bench.refused("not changed here", linking.describe_entity, ana, name="Bo")


def test_a_place_found_elsewhere_has_the_number_of_that_place_only(bench: Bench) -> None:
    kabul = bench.named(bench.tag("Kabul", "location")).id
    bench.do(linking.describe_entity, kabul, ids=(Identifier("own", "7"), Identifier("geonames", "1")), country="PAK")
    there = Place(lat=34.5, lon=69.2, basis=Basis.GAZETTEER)
    bench.do(linking.set_place, kabul, there, (Identifier("geonames", "2"),), "AFG")
    assert bench.entity(kabul).ids == (Identifier("own", "7"), Identifier("geonames", "2"))
    assert (bench.entity(kabul).place, bench.entity(kabul).country) == (there, "AFG")
    bench.do(linking.set_place, kabul, Place(basis=Basis.UNKNOWN))
    assert bench.entity(kabul).ids == (Identifier("own", "7"),), "unknown is not where it was found before"
    assert bench.entity(kabul).country == "AFG"
    ana = bench.named(bench.tag("Ana Ruiz")).id
    bench.refused("is a person, not a place", linking.set_place, ana, there)


def test_a_mention_names_only_what_its_label_is_for_and_nobody_without_a_name(bench: Bench) -> None:
    ana = bench.named(bench.tag("Ana Ruiz"))
    kabul, lind = bench.tag("Kabul", "location"), bench.tag("Lind", nth=1)
    bench.refused("“Ana Ruiz” is a person; a Location cannot be one", linking.link, kabul.id, ana.id)
    bench.refused("“Kab” is a person; a Location cannot be one", linking.link_to_new, kabul.id, "person", "Kab")
    bench.refused("needs a name", linking.link_to_new, lind.id, "person", " \t")
    bench.do(linking.unlink, kabul.id)
    bench.refused("has no entity", linking.unlink, kabul.id)


def test_a_new_entity_is_also_called_by_the_words_that_name_it(bench: Bench) -> None:
    lind = bench.tag("Lind", nth=1)
    edit = bench.do(linking.link_to_new, lind.id, "person", " Bo  Lind ")
    assert edit.subject == ("Lind", "Bo Lind")
    assert bench.named(lind).names == ("Bo Lind", "Lind")
    assert bench.named(lind).sectors == (), "its kind brings none"
    engineer = bench.tag("The engineer")
    bench.do(linking.link_to_new, engineer.id, "person", "Cy Young")
    assert bench.named(engineer).names == ("Cy Young",), "a description is no name"


def test_names_are_taken_away_and_spelled_otherwise(bench: Bench) -> None:
    muller = bench.named(bench.tag("Müller")).id
    bench.do(linking.rename_entity, muller, "muller")
    assert bench.entity(muller).names == ("muller",), "another spelling of the same is no other name"
    for alias in ("Hans", "Hansi"):
        bench.do(linking.add_alias, muller, alias, AliasKind.NICKNAME)
    bench.do(linking.remove_alias, muller, "Hans")
    assert bench.entity(muller).names == ("muller", "Hansi")
    bench.refused("so already", linking.remove_alias, muller, "Hans")
