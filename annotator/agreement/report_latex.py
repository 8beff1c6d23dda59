"""A report as a LaTeX table with the booktabs lines, and its methods sentences as the note below."""

from annotator.agreement.methods import methods
from annotator.agreement.report import Report

_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "≥": r"$\geq$",
    "α": r"$\alpha$",
    "γ": r"$\gamma$",
}


def latex(report: Report) -> str:
    """The scores over all pairs, one row each; what is undefined has a dash, and why below the table."""
    rows, reasons = [], dict[str, int]()
    for line in report.main():
        score = line.score
        if score.value is None:
            mark = reasons.setdefault(score.undefined, len(reasons) + 1)
            value, between = f"--\\textsuperscript{{{mark}}}", ""
        else:
            value = f"{score.value:.3f}"
            between = f"[{score.interval[0]:.3f}, {score.interval[1]:.3f}]" if score.interval else ""
        layer, measure = report.named(line.layer).title, report.named(line.measure).title
        cells = (escaped(layer), escaped(line.label), escaped(measure), value, between, f"{score.n:,}")
        rows.append(" & ".join(cells) + r" \\")
    notes = [f"\\textsuperscript{{{mark}}} Undefined, because {escaped(why)}." for why, mark in reasons.items()]
    return "\n".join(
        [
            r"% needs \usepackage{booktabs,longtable}",
            r"\begin{longtable}{lllrlr}",
            r"\toprule",
            r"Layer & Label & Measure & Value & 95\,\% interval & $n$ \\",
            r"\midrule",
            *rows,
            r"\bottomrule",
            r"\end{longtable}",
            "",
            *(f"\\noindent {note}\n" for note in notes),
            f"\\noindent {escaped(methods(report))}",
            "",
        ]
    )


def escaped(words: str) -> str:
    """Words as LaTeX shows them; line breaks and control characters become blanks."""
    return "".join(_SIGNS.get(sign, sign if sign.isprintable() else " ") for sign in words)
