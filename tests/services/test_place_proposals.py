"""Places in an article by the world's list: which words name one, and which of several places of one name it is."""

from annotator.domain.ids import EntityId
from annotator.domain.proposals import ProposedMention
from annotator.domain.schemas import parse
from annotator.domain.spans import Span
from annotator.paths import resource
from annotator.services.place_proposals import PlaceProposer
from annotator.services.places import Places
from tests.places.conftest import world

__all__ = ["world"]

NEWS = parse(resource("schemas/news_claims.json").read_text(encoding="utf-8"))


def name(text: str, words: str, label: str = "location", known: EntityId | None = None) -> ProposedMention:
    start = text.index(words)
    return ProposedMention(label, (Span(start, start + len(words)),), 0.6, words, known, "names", "")


def places(world: Places, text: str, *named: ProposedMention) -> dict[str, tuple[str, str]]:
    found = PlaceProposer(NEWS, "1").propose(text, named, world)
    return {one.hull.cut(text): (one.label, one.located.words if one.located else "") for one in found}


def test_a_name_that_a_pipeline_calls_a_place_is_put_where_it_is(world: Places) -> None:
    text = "The road from Kunduz to Kabul is open."
    found = places(world, text, name(text, "Kunduz"), name(text, "Kabul"))
    assert found["Kabul"][1].endswith("Afghanistan")
    assert found["Kunduz"][1].endswith("Afghanistan")


def test_the_article_decides_between_places_of_one_name(world: Places) -> None:
    for neighbour, country in (("Sydney", "Australia"), ("Orlando", "United States")):
        text = f"From {neighbour} they drove to Melbourne."
        found = places(world, text, name(text, neighbour), name(text, "Melbourne"))
        assert [where.rpartition(", ")[2] for _, where in found.values()] == [country, country]


def test_words_of_the_articles_country_are_places_whatever_a_machine_took_them_for(world: Places) -> None:
    text = (
        "Baghlan Province is in Afghanistan. They fled to Mazar-e Sharif and said Baghlan was lost. Paris Hilton came."
    )
    named = [name(text, "Baghlan Province"), name(text, "Afghanistan"), name(text, "Paris Hilton", "actor")]
    later = text.index("Baghlan was")
    wrong = ProposedMention("actor", (Span(later, later + 7),), 0.8, "Baghlan", None, "names", "organisation")
    found = places(world, text, *named, wrong)
    assert found["Baghlan"] == ("location", "province, Afghanistan")
    assert "Paris Hilton" not in found
    assert "They" not in found


def test_who_is_known_is_left_as_he_is(world: Places) -> None:
    text = "Kabul said that it would come."
    assert places(world, text, name(text, "Kabul", "actor", EntityId("club"))) == {}
