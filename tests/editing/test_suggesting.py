"""What is suggested becomes a person's record, with all it needs and nothing twice, or is rejected."""

from annotator.domain.assignments import State
from annotator.domain.claims import Claim
from annotator.domain.mentions import Mention
from annotator.domain.proposals import Meant
from annotator.domain.suggestions import Rejection, Suggestion, SuggestionKind
from annotator.editing import claiming, linking, repeating, suggesting, tagging
from tests.editing.bench import Bench

TEXT = "Ana Ruiz said Bo Lind had told her the bridge will hold. Ana Ruiz left Kabul. Police came."
OUTER, INNER = "Bo Lind had told her the bridge will hold", "the bridge will hold"


def name(bench: Bench, quote: str, nth: int = 0, **fields: object) -> Suggestion:
    spans = bench.words(quote, nth=nth)
    kind, label = SuggestionKind.MENTION, str(fields.pop("label", "actor"))
    id_ = f"{quote} {nth} {label}"
    return Suggestion(id_, bench.article, "names", kind, label, spans, 0.9, **fields)  # type: ignore[arg-type]


def claim(bench: Bench, quote: str, *sources: str, **fields: object) -> Suggestion:
    parts = tuple(bench.words(source) for source in sources)
    kind, spans = SuggestionKind.CLAIM, bench.words(quote)
    return Suggestion(quote, bench.article, "rules", kind, "", spans, 0.9, sources=parts, **fields)  # type: ignore[arg-type]


def mentions(bench: Bench) -> list[Mention]:
    return list(bench.records.mentions_in(bench.article))


def claims(bench: Bench) -> dict[str, Claim]:
    return {one.quote: one for one in bench.records.claims_in(bench.article)}


def state(bench: Bench) -> State:
    found: State = bench.records.assignment(bench.article, bench.who.id).state
    return found


def test_a_name_is_accepted_once_with_the_entity_that_was_proposed(bench: Bench) -> None:
    one = name(bench, "Ana Ruiz", entity_name="Ana Ruiz Vega", entity_kind="crowd")
    assert bench.do(suggesting.accept, one).subject == ("Ana Ruiz",)
    (mention,) = mentions(bench)
    assert (mention.derived_from, mention.author) == (one.id, bench.who.id)
    assert (bench.named(mention).name, bench.named(mention).kind) == ("Ana Ruiz Vega", "crowd")
    assert state(bench) is State.DOING
    bench.refused("tagged Actor already", suggesting.accept, one)


def test_a_known_entity_is_named_unless_it_is_gone_or_of_another_kind_by_now(bench: Bench) -> None:
    bo = bench.named(bench.tag("Bo Lind"))
    bench.do(suggesting.accept, name(bench, "Ana Ruiz", known_entity=bo.id))
    bench.do(suggesting.accept, name(bench, "Kabul", label="location", known_entity=bo.id))
    bench.do(suggesting.accept, name(bench, "Police", known_entity="0190ffff-0000-7000-8000-0000000000ff"))
    named = {mention.quote: bench.named(mention).name for mention in mentions(bench)}
    assert named == {"Bo Lind": "Bo Lind", "Ana Ruiz": "Bo Lind", "Kabul": "Kabul", "Police": "Police"}


def test_where_two_may_be_meant_nobody_is_named(bench: Bench) -> None:
    bench.do(suggesting.accept, name(bench, "Ana Ruiz", may_be=("a", "b")))
    assert [mention.entity for mention in mentions(bench)] == [None]


def test_all_of_a_name_are_accepted_in_one_step_and_name_one_entity(bench: Bench) -> None:
    bench.tag("Bo Lind")
    wanted = [name(bench, *its) for its in (("Ana Ruiz", 0), ("Bo Lind", 0), ("Ana Ruiz", 1))]
    edit = bench.do(suggesting.accept_all, wanted)
    assert edit.subject == ("Ana Ruiz", "2")
    found = [mention for mention in mentions(bench) if mention.quote == "Ana Ruiz"]
    assert len(found) == 2
    assert len({mention.entity for mention in found}) == 1
    bench.refused("tagged already", suggesting.accept_all, wanted)
    bench.workspace.undo()
    assert len(mentions(bench)) == 1


def test_what_is_suggested_twice_over_is_made_once(bench: Bench) -> None:
    one = name(bench, "Ana Ruiz")
    assert bench.do(suggesting.accept_all, [one, one]).subject == ("Ana Ruiz", "1")
    assert len(mentions(bench)) == 1


def test_a_claim_comes_with_its_cue_and_its_sources_as_mentions(bench: Bench) -> None:
    known = bench.tag("Ana Ruiz")
    one = claim(bench, OUTER, "Ana Ruiz", "Police", cue=bench.words("said"), manner="reported")
    bench.do(suggesting.accept, one)
    made = claims(bench)[OUTER]
    assert [(source.quote, bench.entity(source.entity).name) for source in made.sources] == [
        ("Ana Ruiz", "Ana Ruiz"),
        ("Police", "Police"),
    ]
    assert made.sources[0].entity == known.entity
    assert (made.cue_quote, made.manner, made.derived_from) == ("said", "reported", one.id)
    assert [mention.quote for mention in mentions(bench)] == ["Ana Ruiz", "Police"]
    bench.refused("content of a claim already", suggesting.accept, one)


def test_whom_the_words_of_a_source_mean_comes_with_the_claim(bench: Bench) -> None:
    ana = bench.named(bench.tag("Ana Ruiz"))
    meant = Meant(entity=ana.id), Meant("Bo Lind", "person")
    bench.do(suggesting.accept, claim(bench, INNER, "her", "Police", meant=meant))
    first, second = claims(bench)[INNER].sources
    assert first.entity == ana.id
    assert (bench.entity(second.entity).name, bench.entity(second.entity).kind) == ("Bo Lind", "person")


def test_a_claim_that_was_accepted_before_is_put_into_the_one_it_is_quoted_in(bench: Bench) -> None:
    bench.do(suggesting.accept, claim(bench, INNER))
    bench.do(suggesting.accept, claim(bench, OUTER))
    assert claims(bench)[INNER].within == claims(bench)[OUTER].id
    bench.do(suggesting.accept, claim(bench, "bridge will"))
    assert claims(bench)["bridge will"].within == claims(bench)[INNER].id


def test_a_claim_that_a_person_made_stays_where_she_left_it(bench: Bench) -> None:
    bench.claim(INNER)
    bench.do(suggesting.accept, claim(bench, OUTER))
    assert claims(bench)[INNER].within is None


def test_a_zone_is_accepted_and_a_rejection_says_what_was_meant(bench: Bench) -> None:
    spans = bench.words("Police came.")
    zone = Suggestion("z", bench.article, "zones", SuggestionKind.ZONE, "credit", spans, 0.9)
    bench.do(suggesting.accept, zone)
    assert [one.kind for one in bench.records.zones_in(bench.article)] == ["credit"]
    edit = bench.do(suggesting.reject, name(bench, "Bo Lind"))
    (no,) = [change.after for change in edit.changes if isinstance(change.after, Rejection)]
    assert (no.quote, no.label, no.kind, no.author) == ("Bo Lind", "actor", "mention", bench.who.id)


def test_the_same_words_are_tagged_everywhere_in_one_step(bench: Bench) -> None:
    other = bench.more("Ana Ruiz and nobody else.")
    places = [
        repeating.Place(other, bench.words("Ana Ruiz")[0]),
        *(repeating.Place(bench.article, bench.words("Ana Ruiz ", nth=nth)[0]) for nth in (0, 1, 0)),
        repeating.Place(bench.article, bench.words(" ")[0]),
    ]
    edit = bench.do(repeating.tag_all, places, "actor")
    assert edit.subject == ("Ana Ruiz", "Actor", "3")
    found = [*mentions(bench), *bench.records.mentions_in(other)]
    assert [one.quote for one in found] == ["Ana Ruiz"] * 3
    assert len({one.entity for one in found}) == 1
    assert [bench.records.assignment(one, bench.who.id).state for one in (bench.article, other)] == [State.DOING] * 2
    bench.refused("tagged already", repeating.tag_all, places, "actor")


def test_tagging_all_may_say_whom_they_name_and_passes_over_what_is_tagged(bench: Bench) -> None:
    first = bench.tag("Ana Ruiz")
    bench.do(linking.unlink, first.id)
    bo = bench.named(bench.tag("Bo Lind"))
    places = [repeating.Place(bench.article, bench.words("Ana Ruiz", nth=nth)[0]) for nth in (0, 1)]
    assert bench.do(repeating.tag_all, places, "actor", bo.id).subject[2] == "1"
    assert [one.entity for one in mentions(bench)] == [None, bo.id, bo.id]


def test_sources_of_suggestions_and_hands_are_the_same_mention(bench: Bench) -> None:
    bench.do(suggesting.accept, claim(bench, OUTER, "Police"))
    made = bench.claim("left Kabul")
    bench.do(claiming.add_source, made.id, bench.words("Police"))
    assert [mention.quote for mention in mentions(bench)] == ["Police"]
    bench.refused("tagged Actor already", tagging.tag, bench.article, bench.words("Police"), "actor")
