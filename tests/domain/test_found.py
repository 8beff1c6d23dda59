"""What a reader tells can be shown, whatever the file had in it."""

from annotator.domain.found import Findings


def test_halves_of_letters_in_what_is_told_are_replaced() -> None:
    findings = Findings()
    findings.problem("a\udcff.txt", "the label “\ud800” is unknown", 3)
    findings.note("b.txt", "“\ud800” stays")
    findings.leave_out("links “\udfff”")
    told = [*map(str, findings.problems), *map(str, findings.notes), *findings.left_out]
    assert told == ["a?.txt, line 3: the label “?” is unknown", "b.txt: “?” stays", "links “?”"]


def test_what_is_told_is_not_as_long_as_the_file() -> None:
    findings = Findings()
    findings.problem("a.txt", "é" * 1_000_000)
    assert findings.problems[0].reason == "é" * 1_000 + "…"
