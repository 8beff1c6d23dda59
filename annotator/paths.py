"""Where resources, settings, logs and backups are, in a checkout and in an installed package."""

from pathlib import Path

from platformdirs import PlatformDirs

_PACKAGE = Path(__file__).resolve().parent
_DIRS = PlatformDirs("Annotator", appauthor=False)


def resource(name: str) -> Path:
    """The path of a file or folder in resources/, such as "schemas/news_claims.json".

    Raises FileNotFoundError when neither the checkout nor the installed package has it.
    """
    for root in (_PACKAGE.parent / "resources", _PACKAGE / "_resources"):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"The program's own file resources/{name} is missing; reinstall the program.")


def settings_file() -> Path:
    """The file that keeps how the user likes the window."""
    return _DIRS.user_config_path / "annotator.ini"


def person_file() -> Path:
    """The file that keeps who works at this machine."""
    return _DIRS.user_config_path / "person.json"


def learned_folder() -> Path:
    """Where what was learned from projects is kept: beside the settings, in a folder for each project."""
    return _DIRS.user_config_path / "learned"


def sample_project_file() -> Path:
    """Where the sample project is made, to be tried on."""
    return _DIRS.user_data_path / "Sample project.annot"


def log_file() -> Path:
    """The file that log records go to."""
    return _DIRS.user_log_path / "annotator.log"


def backup_folder() -> Path:
    """Where backups are kept, a folder for each project: on the local disk, not beside the project."""
    return _DIRS.user_data_path / "backups"


def known_folder() -> Path:
    """Where it is noted how each project was when it was last closed at this machine: beside the backups."""
    return backup_folder().with_name("known")


def cache_folder() -> Path:
    """What can be made anew at any time: indexes."""
    return _DIRS.user_cache_path


def documents_folder() -> Path:
    """Where a new project is offered to be made."""
    return _DIRS.user_documents_path
