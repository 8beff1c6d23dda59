"""Annotator: a desktop tool to record who did what, where, and who says so, in news articles."""

from os import PathLike
from typing import Any


def open(path: str | PathLike[str]) -> Any:  # noqa: A001  # as gzip.open: it is written annotator.open
    """Opens a project for a script; gives services.scripting.OpenProject: records, and pandas frames of them.

    Raises ProjectFileError when there is no project that can be read.
    """
    # Not at the top: this file is read at every start of the window.
    from pathlib import Path

    from annotator.services.scripting import OpenProject

    return OpenProject(Path(path))
