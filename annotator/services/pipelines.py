"""What is known of the pipelines that could be used, without loading any: for the window to show and choose from."""

from pathlib import Path

from annotator.domain.articles import Article
from annotator.domain.schemas import Schema
from annotator.nlp.naming import label_map
from annotator.nlp.pipelines import About, about_folder, about_installed
from annotator.nlp.word_lists import word_list
from annotator.storage.suggestions import language_code

__all__ = ["About", "about_folder", "guesses", "language_of", "pipeline_for"]


def language_of(article: Article | None) -> str:
    """The ISO 639 code of an article's language; English where there is none, or it does not say."""
    return language_code(article.language if article is not None else "")


def pipeline_for(language: str, folder: Path | None) -> About | None:
    """The pipeline in a folder, without one the installed one of a language; None when there is none.

    Raises FormatError when the folder holds none.
    """
    return about_folder(folder) if folder is not None else about_installed(language)


def guesses(schema: Schema, about: About | None) -> dict[str, str | None]:
    """What each label of a pipeline's names is taken for in a schema; None for what the schema has no label for.

    Of a pipeline that says nothing of its labels they are those that pipelines usually have.
    """
    names = about.names if about is not None and about.names else tuple(word_list("pipeline_labels")["labels"])
    guessed = label_map(schema, names)
    return {name: guessed.get(name) for name in names}
