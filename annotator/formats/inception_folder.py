"""Folders of files as INCEpTION imports and exports them: which file is about which article, and by whom."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.domain.ids import AnnotatorId
from annotator.domain.schemas import parse
from annotator.formats import own_data
from annotator.formats.brat_folder import SIDE_FILE, Side, shown
from annotator.formats.files import whole_folder
from annotator.formats.inception_layers import Layer, Page, identifiers_of, layers_of, pages_of
from annotator.formats.inception_meaning import Found, add_page
from annotator.formats.inception_project import LAYERS_FILE, layers_json
from annotator.formats.json_parts import BadRecord, Object, known_fields, mapping
from annotator.formats.regions import Names, Sheet
from annotator.formats.signed_folders import folders_of, name_of, signed

_WORK = ("annotation", "curation")
"""The folders of INCEpTION's export of a project: in each a folder for each article, in that a file for each person."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One file that was read: its text, what is marked in it, and what it says of the article."""

    text: str
    page: Page
    fields: Object = field(default_factory=dict)


class Writing(Protocol):
    """How one of the formats writes its files."""

    def begin(self, folder: Path, layers: tuple[Layer, ...]) -> None:
        """Puts what all files need into the folder; these are the layers of all that follow."""

    def write(self, path: Path, annotated: AnnotatedArticle, page: Page) -> Object:
        """Makes one file, whose name lacks its ending; answers what our side file has to remember of the article."""


def write_folder(
    corpus: Corpus,
    target: Path,
    losses: Losses,
    written_as: str,
    writing: Writing,
) -> Iterator[int]:
    """Writes a folder for each annotator, yielding how many articles are done.

    Raises FormatError when it cannot be written.
    """
    names = Names.of(corpus, losses)
    layers = layers_of(parse(corpus.project.schema))
    folders = folders_of(names.annotators)
    identifiers = identifiers_of(names)
    by_name = {names.annotators[id_]: own for id_, own in folders.items()}
    with whole_folder(target) as folder, (folder / SIDE_FILE).open("w", encoding="utf-8", newline="\n") as side:
        (folder / LAYERS_FILE).write_text(layers_json(layers), encoding="utf-8", newline="\n")
        writing.begin(folder, layers)
        annotators = {own: name for name, own in by_name.items()}
        side.write(own_data.line_of({"format": written_as, "version": 1, "annotators": annotators}))
        for done, annotated in enumerate(corpus.articles(), start=1):
            name = name_of(annotated.article, done, corpus.article_count())
            sheet = names.sheet(annotated, losses)
            said: Object = {"file": name, **own_data.article_fields(annotated.article), **_entities(sheet, identifiers)}
            pages = pages_of(sheet, layers, identifiers, losses) or {_author(annotated, names.annotators): Page()}
            for by in sorted(pages):
                own = folder / by_name.get(by, "annotator")
                own.mkdir(exist_ok=True)
                said |= writing.write(own / name, annotated, pages[by])
            side.write(own_data.line_of(said))
            yield done


def _author(annotated: AnnotatedArticle, names: dict[AnnotatorId, str]) -> str:
    """Who imported an article; the first of all when that is nobody in the list."""
    return names.get(annotated.article.author) or next(iter(names.values()), "")


def _entities(sheet: Sheet, identifiers: dict[str, str]) -> Object:
    entities = tuple(replace(entity, key=identifiers[entity.key]) for entity in sheet.entities)
    return {
        name: value for name, value in own_data.written(Sheet((), (), entities, ()), []).items() if name != "version"
    }


def read_folder(
    names: Iterable[str], side: Side, read: Callable[[str, Object], Paper], findings: Findings
) -> Iterator[FoundArticle]:
    """The articles of files, by their names relative to the folder, with slashes; those of one text are one article.

    read reads one file, and gets what our side file says of its article. It raises BadRecord for what cannot be read.
    """
    for article, files in _grouped(names, side):
        said = _said(side, article)
        papers: dict[str, list[tuple[str, str, Paper]]] = {}
        for file, by in files:
            try:
                paper = read(file, said)
            except BadRecord as error:
                findings.problem(shown(file), str(error))
            else:
                papers.setdefault(paper.text, []).append((file, by, paper))
        for text, alike in papers.items():
            yield _article(text, alike, said, side, findings)


def _article(
    text: str, papers: list[tuple[str, str, Paper]], said: Object, side: Side, findings: Findings
) -> FoundArticle:
    found = Found(entities={entity.key: entity for entity in own_data.entities_in(said)})
    taken: set[str] = set()
    are_several = len({by for _, by, _ in papers}) > 1
    fields: Object = {}
    for file, by, paper in papers:
        is_person = side.is_ours or _place(file) >= 0 or are_several
        page_by = signed(shown(file), shown(by) if is_person else "", taken, is_ours=side.is_ours)
        add_page(found, paper.page, text, page_by, findings)
        fields = {**paper.fields, **fields}
    return found.article(text, shown(papers[0][0]), known_fields({**fields, **said}, findings), findings)


def _said(side: Side, article: str) -> Object:
    return mapping(json.loads(side.lines.get(article, "{}")))


def _grouped(names: Iterable[str], side: Side) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The files that may be about one article, each with whose it may be, under the name that they share."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        parts = name.split("/")
        place = _place(name)
        stem = parts[-1].rpartition(".")[0]
        folder, inside = (parts[0], parts[1:]) if len(parts) > 1 else ("", parts)
        if side.is_ours:
            groups.setdefault(stem, []).append((name, side.annotators.get(folder, folder)))
        elif place >= 0:
            groups.setdefault(parts[place + 1], []).append((name, stem))
        else:
            groups.setdefault("/".join(inside), []).append((name, folder))
    # Of a folder of ours the articles come in their order, also where the first annotator has not seen them all.
    order = {article: number for number, article in enumerate(side.lines)}
    yield from sorted(groups.items(), key=lambda group: order.get(group[0], len(order)))


def _place(name: str) -> int:
    """Where in a name the folder of people's work is, as INCEpTION exports it; -1 when there is none."""
    parts = name.split("/")
    return next((at for at, part in enumerate(parts[:-2]) if part in _WORK), -1)
