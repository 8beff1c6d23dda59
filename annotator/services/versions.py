"""Which versions are at work: what a report of a fault needs to say."""

from annotator.storage.connection import SQLITE_VERSION
from annotator.version import VERSION


def versions() -> str:
    """A line each for the program, Python, Qt, SQLite and spaCy; read without importing Qt or spaCy."""
    import platform

    parts = {
        "Annotator": VERSION,
        "Python": platform.python_version(),
        "Qt": _installed("PySide6-Essentials"),
        "SQLite": SQLITE_VERSION,
        "spaCy": _installed("spacy"),
    }
    return "\n".join(f"{name} {version}" for name, version in parts.items())


def _installed(distribution: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "not installed"
