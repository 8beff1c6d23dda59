"""Claims made by hand: what stands in what, who is its source, and what is refused in which words."""

import pytest

from annotator.domain.claims import Claim
from annotator.domain.entities import Entity
from annotator.domain.links import Between
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.editing import claiming, connecting, designing, linking, tagging
from tests.editing.bench import Bench

TEXT = (
    "Ana Ruiz said Bo Lind had told her “the bridge will hold” on Friday. "
    "Officials denied it. Ruiz, an engineer, left Kabul; it rained."
)
OUTER, MIDDLE, INNER = "Bo Lind had told her “the bridge will hold” on Friday", "“the bridge will hold”", "will hold"


def test_a_claim_stands_in_the_smallest_that_holds_all_of_it(bench: Bench) -> None:
    outer, middle = bench.claim(OUTER), bench.claim(MIDDLE)
    assert (outer.within, middle.within) == (None, outer.id)
    assert bench.claim(INNER).within == middle.id
    assert bench.claim("hold” on Friday").within == outer.id, "what only crosses a claim is not in it"
    assert bench.claim("denied it").within is None
    spans = (*bench.words("the bridge"), *bench.words("it rained"))
    edit = bench.do(claiming.claim, bench.article, spans)
    assert next(one.after for one in edit.changes if isinstance(one.after, Claim)).within is None
    bench.refused("content of a claim already", claiming.claim, bench.article, bench.words(f" {INNER}"))


def test_where_claims_do_not_nest_none_is_put_in_another(bench: Bench) -> None:
    data = bench.records.project().schema.replace('"claim": {', '"claim": {"nesting": false, ', 1)
    bench.do(designing.replace_schema, data)
    outer, inner = bench.claim(OUTER), bench.claim(MIDDLE)
    assert inner.within is None
    bench.refused("no claim stands inside another", claiming.set_within, inner.id, outer.id)


def test_no_claim_is_put_inside_itself_or_into_another_article(bench: Bench) -> None:
    outer, middle, inner = bench.claim(OUTER), bench.claim(MIDDLE), bench.claim(INNER)
    for one, other in ((outer, outer), (outer, middle), (outer, inner), (middle, inner)):
        bench.refused("cannot be inside itself", claiming.set_within, one.id, other.id)
    article = bench.more("It rained again.")
    edit = bench.do(claiming.claim, article, (Span(0, 9),))
    bench.refused("in the same article", claiming.set_within, inner.id, edit.changes[0].record.id)
    bench.do(claiming.set_within, inner.id, outer.id)
    bench.do(claiming.set_within, middle.id, None)
    assert [bench.its(one).within for one in (outer, middle, inner)] == [None, None, outer.id]


def test_claims_in_a_deleted_one_move_out_to_where_it_stood_and_its_links_go(bench: Bench) -> None:
    outer, middle, inner = bench.claim(OUTER), bench.claim(MIDDLE), bench.claim(INNER)
    other = bench.claim("denied it")
    for end in (middle, inner):
        bench.do(connecting.connect, "contradicts", Between.CLAIMS, other.id, end.id)
    bench.do(claiming.delete_claim, middle.id)
    assert bench.its(inner).within == outer.id
    assert [link.target for link in bench.records.links_of(other.id)] == [inner.id]
    bench.do(claiming.delete_claim, outer.id)
    assert bench.its(inner).within is None


def test_a_source_is_the_mention_on_its_words_or_a_new_one(bench: Bench) -> None:
    claim, mention = bench.claim(OUTER), bench.tag("Ana Ruiz")
    bench.do(claiming.add_source, claim.id, bench.words("Ana Ruiz "))
    bench.do(claiming.add_source, claim.id, bench.words("Officials"))
    first, second = bench.its(claim).sources
    assert (first.quote, first.entity, first.spans) == ("Ana Ruiz", mention.entity, mention.spans)
    made = bench.mention(bench.records.mentions_in(bench.article)[-1].id)
    assert (made.quote, made.label, made.entity) == ("Officials", "actor", second.entity)
    assert len(bench.records.mentions_in(bench.article)) == 2
    bench.refused("“Officials” is a source of this claim already", claiming.add_source, claim.id, second.spans)


def test_words_under_a_label_that_names_nobody_are_tagged_again_as_the_source(bench: Bench) -> None:
    claim, other = bench.claim(OUTER), bench.tag("Ruiz", "other", nth=1)
    bench.do(claiming.add_source, claim.id, other.spans)
    labels = {one.label for one in bench.records.mentions_at(bench.article, other.hull)}
    assert labels == {"other", "actor"}


def test_an_entity_is_a_source_without_words_once(bench: Bench) -> None:
    claim, ana = bench.claim(OUTER), bench.named(bench.tag("Ana Ruiz"))
    edit = bench.do(claiming.add_entity_as_source, claim.id, ana.id)
    assert edit.subject == ("Ana Ruiz",)
    (source,) = bench.its(claim).sources
    assert (source.spans, source.quote, source.entity) == ((), "Ana Ruiz", ana.id)
    bench.refused("“Ana Ruiz” is a source of this claim already", claiming.add_entity_as_source, claim.id, ana.id)
    bench.do(claiming.add_mention_as_source, claim.id, bench.tag("Bo Lind").id)
    assert len(bench.its(claim).sources) == 2


@pytest.mark.parametrize(
    ("sources", "kind"),
    [
        ((), "unspecified"),
        (("Ana Ruiz",), "named"),
        (("an engineer",), "unnamed"),
        (("an engineer", "Ana Ruiz"), "unnamed"),
        (("Ana Ruiz", "an engineer"), "named"),
        (("her",), "unnamed"),
    ],
)
def test_the_kind_of_source_follows_the_first(bench: Bench, sources: tuple[str, ...], kind: str) -> None:
    claim = bench.claim("denied it")
    for quote in sources:
        bench.do(claiming.add_source, claim.id, bench.words(quote))
    assert bench.its(claim).source_type == kind
    for _ in sources:
        bench.do(claiming.remove_source, claim.id, 0)
    assert bench.its(claim).source_type == "unspecified"
    for index in (-1, 0, 1):
        bench.refused("no such source", claiming.remove_source, claim.id, index)


def test_the_source_that_is_taken_away_is_the_one_that_was_meant(bench: Bench) -> None:
    claim = bench.claim("denied it")
    for quote in ("Ana Ruiz", "Officials", "Bo Lind"):
        bench.do(claiming.add_source, claim.id, bench.words(quote))
    assert bench.do(claiming.remove_source, claim.id, 1).subject == ("Officials",)
    assert [one.quote for one in bench.its(claim).sources] == ["Ana Ruiz", "Bo Lind"]
    assert len(bench.records.mentions_in(bench.article)) == 3, "its mention stays"


def test_a_cue_is_set_changed_and_taken_away(bench: Bench) -> None:
    claim = bench.claim(OUTER)
    bench.do(claiming.set_cue, claim.id, (*bench.words(" said "), *bench.words("told")))
    assert bench.its(claim).cue_quote == "said … told"
    bench.do(claiming.set_cue, claim.id, ())
    assert (bench.its(claim).cue, bench.its(claim).cue_quote) == ((), "")
    bench.refused("Select the words first", claiming.set_cue, claim.id, bench.words(" "))


def test_content_grows_by_pieces_that_are_joined_where_they_touch(bench: Bench) -> None:
    claim = bench.claim("the bridge")
    bench.do(claiming.add_content, claim.id, bench.words("it rained"))
    bench.do(claiming.add_content, claim.id, bench.words("bridge will hold"))
    after = bench.its(claim)
    assert after.quote == "the bridge will hold … it rained"
    assert [span.cut(TEXT) for span in after.content] == ["the bridge will hold", "it rained"]
    bench.refused("so already", claiming.add_content, claim.id, bench.words("bridge"))


def test_a_mention_is_made_of_words_once_and_asks_who_is_meant_where_two_may_be(bench: Bench) -> None:
    ana = bench.tag("Ana Ruiz")
    bench.refused("“Ana Ruiz” is tagged Actor already", tagging.tag, bench.article, ana.spans, "actor")
    surname = bench.tag("Ruiz", nth=1)
    assert surname.entity is None, "another Ruiz may be meant"
    bench.do(linking.link, surname.id, ana.entity)
    assert bench.tag("Ana Ruiz", "other").entity is None
    assert bench.tag("her").entity is None, "a pronoun names nobody new"
    bench.refused("no word here", tagging.tag, bench.article, bench.words(" "), "actor")
    end = tagging.tag, bench.article, (Span(len(TEXT) - 7, len(TEXT) + 4),), "date"
    assert bench.do(*end).subject[0] == "rained.", "what is beyond the text is no word"


def test_words_of_a_mention_change_and_the_name_that_came_from_them_follows(bench: Bench) -> None:
    mention = bench.tag("Bo Lind")
    bench.do(tagging.resize, mention.id, bench.words("Lind"))
    assert (bench.mention(mention.id).quote, bench.named(mention).name) == ("Lind", "Lind")
    bench.do(linking.rename_entity, mention.entity, "Bo Lind")
    bench.do(tagging.add_piece, mention.id, bench.words("told her")[0])
    after = bench.mention(mention.id)
    assert (after.quote, bench.entity(mention.entity).name) == ("Lind … told her", "Bo Lind")
    bench.refused("cannot be moved further", tagging.resize, mention.id, after.spans)
    bench.refused("in the mention already", tagging.add_piece, mention.id, bench.words("told")[0])
    other = bench.tag("Ana Ruiz")
    bench.refused("“Ana Ruiz” is tagged Actor already", tagging.resize, mention.id, other.spans)


def test_another_label_lets_go_of_whom_it_is_not_for(bench: Bench) -> None:
    kabul = bench.tag("Kabul", "location")
    bench.refused("“Kabul” is tagged Location already", tagging.retag, kabul.id, "location")
    bench.do(tagging.retag, kabul.id, "actor")
    assert bench.mention(kabul.id).entity == kabul.entity, "a place may act"
    ana = bench.tag("Ana Ruiz")
    bench.do(tagging.retag, ana.id, "location")
    after: Mention = bench.mention(ana.id)
    assert after.entity != ana.entity
    assert (bench.named(after).name, bench.named(after).kind) == ("Ana Ruiz", "place")
    assert bench.records.find(Entity, ana.entity) is None
    bench.tag("Ana Ruiz", "date")
    bench.refused("“Ana Ruiz” is tagged Date already", tagging.retag, ana.id, "date")
