"""Articles come in: what is known of all of them, batches of them, and what an import came to.

Reading files is in documents.py: a start does not need it.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from annotator.domain.articles import TextQuality, title_of
from annotator.editing.importing import NewArticle
from annotator.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class About:
    """What is known of all articles of one import. encoding overrules the guess; published is an ISO date.

    What is empty is taken from the files, where they say it. keeps_boilerplate brings in what stands around an article
    as zones; columns says which column of a table has which field (see column_choice), where the names do not tell.
    """

    publisher: str = ""
    published: str = ""
    language: str = ""
    text_quality: TextQuality = TextQuality.ORIGINAL
    encoding: str = ""
    keeps_boilerplate: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or a row or part of one, that was left out, and why. line counts from 1, 0 when all of it is meant."""

    name: str
    reason: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.name}, line {self.line:,}: {self.reason}" if self.line else f"{self.name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some files, read: the articles in them, those that were refused, and what should be looked at."""

    articles: tuple[NewArticle, ...]
    refused: tuple[Refused, ...]
    noted: tuple[Refused, ...] = ()

    def without(self, told: Collection[Refused]) -> "Batch":
        """The same without what was told before."""
        refused, noted = (tuple(one for one in some if one not in told) for some in (self.refused, self.noted))
        return replace(self, refused=refused, noted=noted)


@dataclass(slots=True)
class Report:
    """What an import came to. unmarked counts zones that the schema has no kind for."""

    imported: int = 0
    known: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    noted: list[Refused] = field(default_factory=list)
    unmarked: Counter[str] = field(default_factory=Counter)

    @property
    def needs_telling(self) -> bool:
        """Whether there is more to say than how many came in."""
        return bool(self.refused or self.noted or self.unmarked["boilerplate"])

    @property
    def sentence(self) -> str:
        """One line for the status bar."""
        parts = [f"{self.imported:,} article{'' if self.imported == 1 else 's'} imported"]
        if self.known:
            parts.append(f"{len(self.known):,} already in the project")
        if self.refused:
            parts.append(f"{len(self.refused):,} left out")
        if self.noted:
            parts.append(f"{len(self.noted):,} to look at")
        return ", ".join(parts) + "."

    @property
    def details(self) -> str:
        """A line for each file that did not come in, or not quite."""
        lines = [*map(str, self.refused), *map(str, self.noted)]
        lines += [
            f"{count:,} {'zone' if count == 1 else 'zones'} “{kind}” not marked: the project has no such zone"
            for kind, count in sorted(self.unmarked.items())
        ]
        return "\n".join([*lines, *(f"{name}: its text is in the project already" for name in self.known)])


def pasted(text: str, about: About) -> NewArticle:
    """A text from the clipboard as an article."""
    return NewArticle(
        text=text,
        title=title_of(text, "Pasted text"),
        publisher=about.publisher,
        published=about.published,
        language=about.language,
        text_quality=about.text_quality,
        encoding="clipboard",
    )


def take_batch(workspace: Workspace, batch: Batch, report: Report, group: str) -> None:
    """Puts a batch into the project and adds to the report."""
    report.refused += batch.refused
    report.noted += batch.noted
    if batch.articles:
        result = workspace.bring_in(batch.articles, group)
        report.imported += result.articles
        report.known += result.known
        report.unmarked.update(result.unmarked)
