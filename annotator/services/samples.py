"""The sample project: invented articles that show what is hard about the news."""

import json
from pathlib import Path

from annotator import paths
from annotator.domain.articles import TextQuality
from annotator.editing.importing import NewArticle
from annotator.formats.plain_text import decode
from annotator.services.projects import Person, new_project
from annotator.services.workspace import Workspace

_FOLDER = "samples"


def sample_articles() -> list[NewArticle]:
    """The articles in resources/samples with what is known about them."""
    folder = paths.resource(_FOLDER)
    known = json.loads((folder / "samples.json").read_text(encoding="utf-8"))
    return [_article(folder / entry["file"], entry) for entry in known]


def sample_project(path: Path, who: Person) -> Workspace:
    """Makes the sample project. Raises ProjectFileError when there is such a file."""
    workspace = new_project(path, who, "Sample project")
    try:
        workspace.bring_in(sample_articles(), group="")
    except BaseException:
        workspace.close()
        raise
    return workspace


def _article(path: Path, entry: dict[str, str]) -> NewArticle:
    decoded = decode(path.read_bytes())
    return NewArticle(
        text=decoded.text,
        title=entry["title"],
        publisher=entry["publisher"],
        byline=entry["byline"],
        url=entry["url"],
        published=entry["published"],
        language=entry["language"],
        text_quality=TextQuality(entry["text_quality"]),
        imported_from=path.name,
        encoding=decoded.encoding,
    )
