"""What a new record says before anybody has said anything: what the project's schema wants, or else a guess."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.domain.claims import Claim
from annotator.domain.found import Findings, FoundArticle, FoundClaim, FoundMention, FoundSource
from annotator.domain.ids import ArticleId, ClaimId, MentionId
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.domain.suggestions import Suggestion, SuggestionKind
from annotator.editing import claiming, describing, designing, suggesting, tagging
from annotator.editing.importing import NewArticle
from annotator.editing.schema_json import Section
from annotator.paths import resource
from annotator.services import corpora
from annotator.services.projects import new_project
from annotator.services.workspace import Workspace
from tests.editing.by_chance import WHO

TEXT = "Ana Ruiz met men of al-Qaida in Kabul. “It will hold,” Ruiz said of the bridge. He left Kabul."
Open = Callable[[str], Workspace]


@pytest.fixture
def project(tmp_path: Path) -> Open:
    def opened(schema: str) -> Workspace:
        text = resource(f"schemas/{schema}.json").read_text(encoding="utf-8")
        workspace = new_project(tmp_path / f"{schema}.annot", WHO, schema=text)
        workspace.bring_in([NewArticle(TEXT, "Text")], "")
        return workspace

    return opened


def words(quote: str, at: int = 0) -> tuple[Span]:
    start = TEXT.index(quote, at)
    return (Span(start, start + len(quote)),)


def article(workspace: Workspace) -> ArticleId:
    return workspace.records.queue(QueueFilter(), WHO.id)[0]


def tagged(workspace: Workspace, spans: tuple[Span, ...], label: str) -> Mention:
    edit = workspace.do(tagging.tag, article(workspace), spans, label)
    return next(change.after for change in edit.changes if isinstance(change.after, Mention))


def claimed(workspace: Workspace, quote: str) -> Claim:
    edit = workspace.do(claiming.claim, article(workspace), words(quote))
    return workspace.records.claim(ClaimId(edit.changes[0].record.id))


def say(workspace: Workspace, mention: Mention, **fields: str) -> None:
    do: Callable[..., object] = workspace.do
    do(describing.describe_mention, mention.id, **fields)


def start_with(workspace: Workspace, section: Section, key: str, start: str) -> None:
    """What the schema editor does when “Starts as” is set; the guess is what these begin with."""
    if workspace.records.schema.choice(key).default != start:
        workspace.do(designing.change, section, key, {"default": start})


@pytest.mark.parametrize(
    ("schema", "other", "place", "use"),
    [
        ("conll_2003", "MISC", "LOC", ""),
        ("ontonotes", "LANGUAGE", "LOC", ""),
        ("news_claims", "other", "location", "place"),
    ],
)
def test_a_place_is_used_as_the_schema_says_whichever_way_it_was_tagged(
    project: Open, schema: str, other: str, place: str, use: str
) -> None:
    workspace = project(schema)
    at_once = tagged(workspace, words("Kabul"), place)
    relabelled = tagged(workspace, words("Kabul", 70), other)
    workspace.do(tagging.retag, relabelled.id, place)
    exchanged = tagged(workspace, words("al-Qaida"), other)
    workspace.do(designing.remove, Section.LABELS, other, instead=place)
    uses = [workspace.records.mention(one.id).used_as for one in (at_once, relabelled, exchanged)]
    assert uses == [use] * 3
    workspace.close()


def test_imported_places_are_used_as_the_schema_says(project: Open) -> None:
    for schema, label, use in (("conll_2003", "LOC", ""), ("news_claims", "location", "place")):
        workspace = project(schema)
        mention = FoundMention(label, (Span(0, 5),), quote="Kabul")
        known = corpora.bringing(workspace, {label: label}, Findings())
        corpora.take_batch(
            workspace, (FoundArticle("Kabul fell.", "A", "a", mentions=(mention,)),), known, corpora.Taken(), "g"
        )
        (other,) = set(workspace.records.queue(QueueFilter(), WHO.id)) - {article(workspace)}
        assert [one.used_as for one in workspace.records.mentions_in(other)] == [use]
        workspace.close()


def test_what_a_place_is_used_as_stays_when_it_gets_another_label_for_places(project: Open) -> None:
    workspace = project("news_claims")
    site = {"key": "site", "name": "Site", "hotkey": "Y", "light": "#112233", "dark": "#DDEEFF", "links_to": "entity"}
    workspace.do(designing.add, Section.LABELS, {**site, "kinds": ["place"]})
    kabul = tagged(workspace, words("Kabul"), "location")
    say(workspace, kabul, used_as="actor")
    workspace.do(tagging.retag, kabul.id, "site")
    assert workspace.records.mention(kabul.id).used_as == "actor", "Kabul the government, under either label"
    workspace.do(tagging.retag, kabul.id, "other")
    assert workspace.records.mention(kabul.id).used_as == "", "what is no place is not used as one"
    workspace.close()


def test_where_all_mentions_are_names_no_words_are_guessed_to_be_something_else(project: Open) -> None:
    workspace = project("conll_2003")
    group = tagged(workspace, words("al-Qaida"), "ORG")
    bridge = tagged(workspace, words("bridge"), "MISC")
    assert (group.level, bridge.level) == ("name", "name")
    workspace.do(tagging.resize, bridge.id, words("the bridge"))
    assert workspace.records.mention(bridge.id).level == "name"
    workspace.close()


@pytest.mark.parametrize(("start", "level"), [("guess", "nominal"), ("pronoun", "pronoun")])
def test_a_level_that_nobody_changed_follows_the_words_only_where_it_is_guessed(
    project: Open, start: str, level: str
) -> None:
    workspace = project("news_claims")
    start_with(workspace, Section.MENTION_ATTRIBUTES, "level", start)
    mention = tagged(workspace, words("Ruiz", 50), "other")
    assert mention.level == ("name" if start == "guess" else start)
    workspace.do(tagging.resize, mention.id, words("bridge"))
    assert workspace.records.mention(mention.id).level == level
    say(workspace, mention, level="name")
    workspace.do(tagging.resize, MentionId(mention.id), words("the bridge"))
    assert workspace.records.mention(mention.id).level == "name", "what a person said stays"
    workspace.close()


@pytest.mark.parametrize("key", ["act", "stance", "certainty", "medium"])
def test_a_choice_that_the_program_cannot_guess_stays_open(project: Open, key: str) -> None:
    workspace = project("news_claims")
    start_with(workspace, Section.CLAIM_ATTRIBUTES, key, "guess")
    assert getattr(claimed(workspace, "It will hold"), key) == "", "and not the word “guess”"
    workspace.close()


@pytest.mark.parametrize(
    ("key", "start", "begun", "later"),
    [
        ("manner", "guess", "direct", "mixed"),
        ("manner", "reported", "reported", "reported"),
        ("source_type", "guess", "unspecified", "named"),
        ("source_type", "article", "article", "article"),
        ("stance", "denies", "denies", "denies"),
    ],
)
def test_a_claim_starts_as_the_schema_says_and_only_guesses_follow_its_words(
    project: Open, key: str, start: str, begun: str, later: str
) -> None:
    workspace = project("news_claims")
    start_with(workspace, Section.CLAIM_ATTRIBUTES, key, start)
    claim = claimed(workspace, "“It will hold,”")
    assert getattr(claim, key) == begun
    workspace.do(claiming.add_source, claim.id, words("Ana Ruiz"))
    workspace.do(claiming.add_content, claim.id, words("of the bridge"))
    assert getattr(workspace.records.claim(claim.id), key) == later
    workspace.close()


@pytest.mark.parametrize(("start", "manner", "source_type"), [("guess", "mixed", "named"), ("", "reported", "article")])
def test_a_suggested_claim_starts_as_the_schema_says(project: Open, start: str, manner: str, source_type: str) -> None:
    workspace = project("news_claims")
    start_with(workspace, Section.CLAIM_ATTRIBUTES, "manner", start or manner)
    start_with(workspace, Section.CLAIM_ATTRIBUTES, "source_type", start or source_type)
    suggestion = Suggestion(
        "s1", article(workspace), "rules", SuggestionKind.CLAIM, "", words("It will hold"), 0.9,
        sources=(words("Ana Ruiz"),), manner="mixed",
    )  # fmt: skip
    workspace.do(suggesting.accept, suggestion)
    (claim,) = workspace.records.claims_in(article(workspace))
    assert (claim.manner, claim.source_type) == (manner, source_type)
    workspace.close()


@pytest.mark.parametrize(("start", "manner", "source_type"), [("guess", "direct", "unnamed"), ("", "mixed", "article")])
def test_an_imported_claim_starts_as_the_schema_says(project: Open, start: str, manner: str, source_type: str) -> None:
    workspace = project("news_claims")
    start_with(workspace, Section.CLAIM_ATTRIBUTES, "manner", start or manner)
    start_with(workspace, Section.CLAIM_ATTRIBUTES, "source_type", start or source_type)
    text = "Men said: “It holds.”"
    found = FoundClaim((Span(10, 21),), sources=(FoundSource((Span(0, 3),)),))
    known = corpora.bringing(workspace, {}, Findings())
    corpora.take_batch(workspace, (FoundArticle(text, "A", "a", claims=(found,)),), known, corpora.Taken(), "g")
    (other,) = set(workspace.records.queue(QueueFilter(), WHO.id)) - {article(workspace)}
    (claim,) = workspace.records.claims_in(other)
    assert (claim.manner, claim.source_type) == (manner, source_type)
    workspace.close()
