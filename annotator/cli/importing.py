"""annotator import: brings texts, pages, documents, tables of articles and annotated corpora into a project."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotator.cli.progress import followed
from annotator.domain.articles import TextQuality
from annotator.domain.backups import Why
from annotator.domain.projects import SUFFIX
from annotator.errors import FormatError
from annotator.services import corpora
from annotator.services.corpora import LEAVE_OUT, NEW, OURS, Findings, Reader
from annotator.services.documents import FIELDS, find_files, read_batches
from annotator.services.importing import About, Refused, Report, take_batch
from annotator.services.projects import open_project
from annotator.services.recognising import look
from annotator.services.workers import made
from annotator.services.workspace import Workspace

NAME = "import"
_TEXT, _AUTO = "text", "auto"
_KEEP, _LEAVE_OUT = "keep", "leave-out"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    about = (
        "Brings texts, web pages, PDF, Word, EPUB and mail files, tables with an article in each row (CSV, Excel, JSON "
        "Lines), archives and folders of these, or an annotated corpus into a project. The format is recognised unless "
        "it is given. What the files say of title, by-line, date, publisher, address and language is taken."
    )
    parser = parsers.add_parser(NAME, help="bring articles in", description=about)
    parser.add_argument("project", type=Path, help="the project")
    parser.add_argument("files", nargs="+", type=Path, help="files, folders or zip archives, or an annotated corpus")
    keys = [_AUTO, _TEXT, OURS, *(reader.key for reader in corpora.READERS)]
    parser.add_argument("--format", choices=keys, default=_AUTO, help="the format (default: %(default)s)")
    parser.add_argument("--publisher", default="", help="who published them all, whatever the files say")
    parser.add_argument("--published", default="", help="when, as 2021-08-22, whatever the files say")
    parser.add_argument("--language", default="", help="their language, such as en or fa, whatever the files say")
    parser.add_argument("--encoding", default="", help="read texts in this encoding instead of the most probable one")
    qualities = [quality.value for quality in TextQuality]
    parser.add_argument("--quality", choices=qualities, default=qualities[0], help="what kind of text they are")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="LABEL=KEY",
        help=f"take a label of the corpus for this one of the schema; “{NEW}” makes it anew, nothing leaves it out",
    )
    parser.add_argument(
        "--boilerplate",
        choices=(_LEAVE_OUT, _KEEP),
        default=_LEAVE_OUT,
        help="menus of pages, running lines of PDF files: leave them out or keep them as zones (default: %(default)s)",
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help=f"which column of a table has a field ({', '.join(FIELDS)}), where no name tells; nothing for none",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    for path in arguments.files:
        if path.suffix.casefold() == SUFFIX:
            raise FormatError(f"“{path}” is a project: “annotator bring-in” takes what is recorded in it.")
    workspace = open_project(arguments.project, faces.person())
    try:
        own, wanted = _format(arguments)
        workspace.back_up(Why.IMPORT)
        if own:
            return _own(arguments, workspace)
        return _texts(arguments, workspace) if wanted is None else _corpus(arguments, workspace, wanted)
    finally:
        workspace.close()


def _format(arguments: argparse.Namespace) -> tuple[bool, Reader | None]:
    """Whether the files are exports of this program, and which reader knows them; neither for plain texts."""
    if arguments.format in {_TEXT, OURS}:
        return arguments.format == OURS, None
    if arguments.format != _AUTO:
        return False, corpora.reader(arguments.format)
    found = look(arguments.files)
    return found.is_own, corpora.reader(found.reader)


def _texts(arguments: argparse.Namespace, workspace: Workspace) -> int:
    quality = TextQuality(arguments.quality)
    about = About(
        arguments.publisher,
        arguments.published,
        arguments.language,
        quality,
        arguments.encoding,
        keeps_boilerplate=arguments.boilerplate == _KEEP,
        columns=_columns(arguments.column),
    )
    report, group = Report(), workspace.author.new_id()
    for _, _, batch in followed(made(read_batches(find_files(arguments.files), about))):
        take_batch(workspace, batch, report, group)
    if not (report.imported or report.known or report.refused):
        raise _nothing(arguments)
    if arguments.json:
        problems = [*report.refused, *(Refused(name, "its text is in the project already") for name in report.known)]
        zones = {f"zones “{kind}”": count for kind, count in sorted(report.unmarked.items())}
        _print_json(
            {
                "format": _TEXT,
                "articles": report.imported,
                "problems": _listed(problems),
                "notes": _listed(report.noted),
                "left_out": zones,
            }
        )
        return 1 if report.refused else 0
    print(report.sentence)
    if report.details:
        print(report.details, file=sys.stderr)
    return 1 if report.refused else 0


def _nothing(arguments: argparse.Namespace) -> FormatError:
    names = ", ".join(f"“{path}”" for path in arguments.files)
    is_known = arguments.format not in {_TEXT, _AUTO}
    what = f"There is nothing in the format {arguments.format}" if is_known else "There are no articles"
    return FormatError(f"{what} in {names}. Name files, or folders that hold some.")


def _columns(pairs: list[str]) -> dict[str, str]:
    columns = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or field not in FIELDS:
            raise FormatError(f"--column “{pair}”: write FIELD=COLUMN with one of these fields: {', '.join(FIELDS)}.")
        columns[field] = column
    return columns


def _listed(problems: Iterable[Refused]) -> list[dict[str, Any]]:
    return [{"file": one.name, "line": one.line, "reason": one.reason} for one in problems]


def _corpus(arguments: argparse.Namespace, workspace: Workspace, wanted: Reader) -> int:
    found = corpora.Scan()
    for _ in followed(corpora.scan(wanted, arguments.files, found)):
        pass
    if not (found.articles or found.labels or found.findings.problems):
        raise _nothing(arguments)
    labels = corpora.proposed_labels(found.labels, workspace.records.schema) | _mapped(arguments, workspace, found)
    group, findings = workspace.author.new_id(), Findings()
    taken = corpora.Taken(labels=list(labels.values()).count(NEW))
    known = corpora.bringing(workspace, corpora.with_new_labels(workspace, labels, group), findings)
    for _, _, batch in followed(made(corpora.read_batches(wanted, arguments.files, findings, found.articles))):
        corpora.take_batch(workspace, batch, known, taken, group)
    return _tell(arguments, wanted.key, taken, findings, labels)


def _own(arguments: argparse.Namespace, workspace: Workspace) -> int:
    group, taken, findings = workspace.author.new_id(), corpora.Taken(), Findings()
    for path in arguments.files:
        receiving = corpora.Receiving(path.name, findings)
        for _, _, batch in followed(made(corpora.own_batches(path, findings))):
            corpora.take_own(workspace, batch, receiving, taken, group)
    return _tell(arguments, OURS, taken, findings, {})


def _mapped(arguments: argparse.Namespace, workspace: Workspace, found: corpora.Scan) -> dict[str, str]:
    own = sorted(label.key for label in workspace.records.schema.labels)
    keys = {*own, NEW, LEAVE_OUT}
    there = f"it has {', '.join(found.labels)}" if found.labels else "it has none"
    mapped = {}
    for pair in arguments.map:
        label, equals, key = pair.rpartition("=")
        if not equals or key not in keys:
            raise FormatError(f"--map “{pair}”: write LABEL=KEY with a key of the schema: {', '.join(own)}.")
        if label not in found.labels:
            raise FormatError(f"--map “{pair}”: the corpus has no label “{label}”; {there}.")
        mapped[label] = key
    return mapped


def _tell(
    arguments: argparse.Namespace, key: str, taken: corpora.Taken, findings: Findings, labels: dict[str, str]
) -> int:
    if arguments.json:
        problems = [{"file": one.file, "line": one.line, "reason": one.reason} for one in findings.problems]
        counts = {name: getattr(taken, name) for name in ("articles", "mentions", "entities", "claims")}
        _print_json({"format": key, **counts, "labels": labels, "problems": problems, "left_out": findings.left_out})
    else:
        print(taken.sentence)
        for problem in findings.problems:
            print(problem, file=sys.stderr)
        for what, count in findings.left_out.items():
            print(f"Left out: {count:,} {what}", file=sys.stderr)
    return 1 if findings.problems else 0


def _print_json(report: dict[str, Any]) -> None:
    print(json.dumps(report, ensure_ascii=False, indent=1))
