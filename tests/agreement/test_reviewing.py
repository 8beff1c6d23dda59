"""What became of records in review, field by field, from decisions that were made by gestures."""

import json
from pathlib import Path

import pytest

from annotator import cli
from annotator.agreement.report import Report, Reviewed
from annotator.domain.claims import Claim
from annotator.domain.mentions import Mention
from annotator.editing import claiming, deciding
from annotator.editing.deciding import Word
from annotator.services.comparing import Asked, Found, compare, methods
from annotator.services.exporting import snapshot_of
from annotator.services.workspace import Workspace
from tests.building import (
    ANNA,
    BEN,
    TEXT,
    a_project,
    add_article,
    changed,
    made,
    make_annotator,
    make_author,
    make_claim,
    make_mention,
)
from tests.cli.test_words import Faces

RITA = make_author()


class Table:
    """Articles that Anna and Ben annotated, reviewed by Rita."""

    def __init__(self, folder: Path) -> None:
        self.file = a_project(folder, with_ben=True)
        self.path = self.file.path
        self.work = Workspace(self.file, RITA)
        self.file.apply(made(make_annotator(RITA, "Rita")), RITA)
        self.made: list[tuple[Mention, Mention, Claim]] = []
        for number in range(3):
            text = f"{TEXT} {number}"
            article = add_article(self.file, text, title=f"Article {number}")
            anna = make_mention(article, text, "Ana Ruiz")
            ben = make_mention(article, text, "Ruiz", author=BEN)
            claim = make_claim(article, text, by="Ana Ruiz", cue="said")
            self.file.apply(made(anna, claim), ANNA)
            self.file.apply(made(ben), BEN)
            self.made.append((anna, ben, claim))

    def decide(self, number: int, *words: Word) -> None:
        """Rita's word on things in an article."""
        self.work.do(deciding.decide, self.made[number][0].article, *words)

    def agreed(self, number: int) -> Claim:
        """The agreed claim of an article."""
        claims = self.file.claims_in(self.made[number][0].article)
        return next(claim for claim in claims if claim.author != ANNA.annotator)

    def report(self, **asked: object) -> Report:
        """What is measured of all that is in the file."""
        found = Found()
        list(compare(snapshot_of(self.path), Asked(**asked), found))  # type: ignore[arg-type]
        assert found.report is not None
        return found.report


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


def line(report: Report, person: str, kind: str, label: str = "") -> Reviewed:
    return next(one for one in report.review if (one.person, one.kind, one.label) == (person, kind, label))


def counts(one: Reviewed) -> tuple[int, int, int, int]:
    return one.records, one.as_it_was, one.changed, one.rejected


def rates(one: Reviewed) -> dict[str, tuple[float | None, int]]:
    return {field.field: (field.rate.value, field.rate.n) for field in one.fields}


def test_nothing_is_said_where_nothing_was_decided(table: Table) -> None:
    report = table.report(draws=10)
    assert report.review == ()
    assert "reviewed" not in methods(report)


def test_each_persons_records_are_accepted_changed_or_rejected(table: Table) -> None:
    (anna, ben, _), (other, theirs, _), _ = table.made
    table.decide(0, Word((anna, ben), anna))
    table.decide(1, Word((other,), None), Word((theirs,), theirs))
    report = table.report(draws=0)
    assert counts(line(report, "Anna", "mentions")) == (3, 1, 0, 1)
    assert counts(line(report, "Ben", "mentions")) == (3, 1, 1, 0)
    assert counts(line(report, "", "mentions")) == (6, 2, 1, 1)
    assert line(report, "", "mentions").rate.value == 0.5
    assert counts(line(report, "Anna", "claims")) == (3, 0, 0, 0)
    assert line(report, "Anna", "claims").rate.words() == "undefined, because none of them was reviewed"
    assert counts(line(report, "Ben", "mentions", "actor")) == (3, 1, 1, 0)
    # Ben's words were changed in one of his two; what was rejected has no fields that could have been changed.
    assert rates(line(report, "Ben", "mentions")) == {"words": (0.5, 2), "label": (0.0, 2), "level": (0.0, 2)}
    assert rates(line(report, "", "mentions"))["words"] == (1 / 3, 3)


def test_what_was_changed_by_hand_after_the_decision_counts_as_changed(table: Table) -> None:
    for number in (0, 1):
        table.decide(number, Word((table.made[number][2],), table.made[number][2]))
    table.file.apply(changed(table.agreed(0), stance="denies", changed=RITA.now()), RITA)
    claims = line(table.report(draws=200), "Anna", "claims")
    assert counts(claims) == (3, 1, 1, 0)
    assert claims.fields[0].field == "stance"
    assert rates(claims)["stance"] == (0.5, 2)
    assert rates(claims)["cue"] == (0.0, 2)
    assert "medium" not in rates(claims)
    assert claims.rate.interval == (0.0, 1.0)


def test_work_after_the_decision_has_to_be_reviewed_again(table: Table) -> None:
    anna, ben, _ = table.made[0]
    table.decide(0, Word((anna, ben), anna))
    table.file.apply(changed(anna, label="location", changed=ANNA.now()), ANNA)
    assert counts(line(table.report(draws=0), "Anna", "mentions")) == (3, 0, 0, 0)


def test_a_claim_quoted_in_one_that_is_agreed_keeps_its_place(table: Table) -> None:
    _, _, claim = table.made[0]
    work = Workspace(table.file, ANNA)
    text = table.file.text(claim.article)
    article = table.file.article(claim.article)
    outer = make_claim(article, text, "Ana Ruiz said the bridge was safe")
    table.file.apply(made(outer), ANNA)
    work.do(claiming.set_within, claim.id, outer.id)
    inner = table.file.find(Claim, claim.id)
    assert inner is not None
    table.decide(0, Word((inner,), inner))
    assert "within" not in rates(line(table.report(draws=0), "Anna", "claims"))
    table.work.undo()
    table.decide(0, Word((outer,), outer), Word((inner,), inner))
    assert rates(line(table.report(draws=0), "Anna", "claims"))["within"] == (0.0, 1)


def test_the_command_tells_the_rates_also_of_one_person_alone(
    table: Table, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table.decide(0, Word((table.made[0][2],), table.made[0][2]))
    table.file.close()
    words = ["agree", str(table.path), "--annotator", "Anna", "--draws", "0"]
    assert cli.main([*words, "--json", "--csv", str(tmp_path / "csv")], Faces()) == 0
    told = json.loads(capsys.readouterr().out)
    claims = next(one for one in told["review"] if (one["annotator"], one["kind"]) == ("Anna", "claims"))
    assert (claims["records"], claims["reviewed"], claims["as_it_was"]) == (3, 1, 1)
    assert claims["review_rate"] == pytest.approx(1 / 3)
    assert claims["change_rate"]["value"] == 0
    assert {field["field"] for field in claims["fields"]} >= {"content", "sources", "cue", "stance"}
    assert "Of 3 claims 1 were reviewed (33.3 %): 1 accepted as they were" in told["methods"]
    assert "change_rate" in (tmp_path / "csv" / "review.csv").read_text(encoding="utf-8-sig")
    assert "stance" in (tmp_path / "csv" / "review_fields.csv").read_text(encoding="utf-8-sig")
    assert cli.main(words, Faces()) == 0
    assert "Everybody: claims" in capsys.readouterr().out
