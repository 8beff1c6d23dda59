"""What was learned from a project: kept in a folder of our own, replaced only by what is whole, checked before use.

Models are read from that folder alone: nothing that came with a project or from somebody else is ever loaded.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.domain.ids import ProjectId
from annotator.errors import AnnotatorError
from annotator.formats.files import whole_folder

FORMAT = 1
"""The form of the folder and of what models are made of; others are not read."""
CLAIMS, NAMES = "claims", "names"
PARTS = (CLAIMS, NAMES)
"""What can be learned."""
CARD = "learned.json"
"""The file that says what is known of a model."""


class NotLearned(AnnotatorError):
    """There is nothing to learn from, or what was learned cannot be used."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a model: what it was made of and how good it was on articles that were held out.

    uses says which of PARTS are used; counts how much each was learned from. least is the score that a claim must
    have. labels are those of the names, with how often each was right. scores are rows for people. files are the
    SHA-256 of all that belongs to it.
    """

    project: str
    schema: str
    language: str
    pipeline: str
    created: str
    seed: int
    uses: tuple[str, ...]
    counts: Mapping[str, int]
    least: float = 0.5
    nested: bool = False
    labels: Mapping[str, float] = field(default_factory=dict)
    scores: tuple[Mapping[str, Any], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def version(self) -> str:
        """Tells what this model proposes from what another one proposed."""
        return f"learned {self.created}"

    def as_json(self) -> dict[str, Any]:
        """All of it, for a file or a machine."""
        return asdict(self)


_lent: dict[ProjectId, Path] = {}


def folder_of(project: ProjectId) -> Path:
    """Where a project's model is kept."""
    if project in _lent:
        return _lent[project]
    return paths.learned_folder() / "".join(letter for letter in project if letter.isalnum() or letter == "-")


def current(project: ProjectId) -> Card | None:
    """What is known of the project's model; None when there is none. Raises NotLearned when it cannot be read."""
    path = folder_of(project) / CARD
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(project) from error
    return _card(project, text)


def _card(project: ProjectId, text: str) -> Card:
    try:
        read = json.loads(text)
        if read["format"] != FORMAT:
            raise NotLearned("What was learned from this project is of another version; learn from it again.")
        card = Card(**{**read, "uses": tuple(read["uses"]), "scores": tuple(read["scores"])})
        labels = {str(label): float(score) for label, score in card.labels.items()}
        is_right = card.project == project and set(card.uses) <= set(PARTS) and len(labels) == len(card.labels)
        is_right = is_right and isinstance(card.least, float) and all(isinstance(one, str) for one in _words(card))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _broken(project) from error
    if not is_right:
        raise _broken(project)
    return card


def _words(card: Card) -> tuple[Any, ...]:
    return card.schema, card.language, card.pipeline, card.created


def _broken(project: ProjectId) -> NotLearned:
    return NotLearned(f"What was learned from this project is damaged ({folder_of(project)}); learn from it again.")


@dataclass(frozen=True, slots=True)
class Learned:
    """A model that is ready: claims is a ClaimModel and names a NameModel, each None where it is not used."""

    card: Card
    claims: Any
    names: Any


def files_of(project: ProjectId) -> dict[str, bytes]:
    """All files of a project's model by their names, for a machine that does not have it; none where there is none."""
    folder = folder_of(project)
    try:
        found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    except OSError as error:
        raise _broken(project) from error


def lend(project: ProjectId, files: Mapping[str, bytes], folder: Path) -> None:
    """From now on this process uses these files, or nothing where there are none, in the place of what is kept here.

    folder is an empty one.
    """
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    _lent[project] = folder


def check(project: ProjectId, card: Card) -> None:
    """Raises NotLearned when the model is not as it was written."""
    try:
        is_whole = _sums(folder_of(project)) == dict(card.files)
    except OSError as error:
        raise _broken(project) from error
    if not is_whole:
        raise _broken(project)


def load(project: ProjectId, card: Card, pipeline: Any) -> Learned:
    """The project's model for the spaCy pipeline that it was made for. Raises NotLearned when it is not whole."""
    # Not at the start: it needs numpy.
    from annotator.nlp.learning_claims import load_claims
    from annotator.nlp.learning_names import load_names

    folder = folder_of(project)
    try:
        claims = load_claims(folder / "claims.npz") if CLAIMS in card.uses else None
        names = load_names(pipeline, folder / "names", tuple(card.labels), card.labels) if NAMES in card.uses else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        raise _broken(project) from error
    return Learned(card, claims, names)


def save_pipeline(project: ProjectId, target: Path, trusted: Path | None = None) -> Card:
    """Writes the pipeline and what was learned with it as one spaCy pipeline, which spacy.load opens; answers its card.

    target is a folder that is not there or is empty; trusted is where the pipeline is that it was learned with, if it
    is none of those installed. Raises NotLearned when there is nothing, and FormatError when target cannot be written.
    """
    # Not at the start: they need spaCy.
    from annotator.nlp import learning_pipe
    from annotator.nlp.pipelines import Installed

    card = current(project)
    if card is None:
        raise NotLearned("Nothing was learned from this project; run annotator learn without --save-pipeline first.")
    check(project, card)
    installed = Installed(card.language, parses=True, folder=trusted)
    if installed.pipeline is None or installed.version != card.pipeline:
        raise NotLearned(f"What was learned needs the language model {card.pipeline}; name its folder by --pipeline.")
    learned = load(project, card, installed.pipeline)
    with whole_folder(target, is_export=False) as folder:
        learning_pipe.save_pipeline(
            installed.pipeline, folder, learned.claims, card.least, learned.names, nested=card.nested
        )
    return card


def keep(project: ProjectId, card: Card, savers: Mapping[str, Callable[[Path], None]]) -> None:
    """Puts a new model in the place of the one before, once all of it is on the disk. Raises NotLearned.

    savers write the parts that are used, each to the place that it is given.
    """
    from annotator.storage.copying import sync

    folder = folder_of(project)
    fresh = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    old = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.old")
    try:
        fresh.mkdir(parents=True)
        for part, save in savers.items():
            save(fresh / ("claims.npz" if part == CLAIMS else part))
        whole = replace(card, files=_sums(fresh))
        words = json.dumps(whole.as_json(), ensure_ascii=False, indent=1)
        (fresh / CARD).write_text(words, encoding="utf-8")
        for path in (*fresh.rglob("*"), fresh):
            sync(path)
        if folder.exists():
            os.replace(folder, old)
        os.replace(fresh, folder)
        sync(folder.parent)
    except OSError as error:
        if old.exists() and not folder.exists():
            os.replace(old, folder)
        raise NotLearned(f"What was learned could not be saved: {error.strerror}.") from error
    finally:
        for rest in (fresh, old) if folder.exists() else (fresh,):
            shutil.rmtree(rest, ignore_errors=True)


def _sums(folder: Path) -> dict[str, str]:
    """What all files but the card hold, so that a changed one is noticed before anything reads it."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != CARD)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def forget(project: ProjectId) -> bool:
    """Throws the project's model away; False when there was none. Raises NotLearned when it cannot be deleted."""
    folder = folder_of(project)
    if not folder.exists():
        return False
    gone = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.old")
    try:
        os.replace(folder, gone)
    except OSError as error:
        raise NotLearned(f"What was learned could not be deleted: {error.strerror}.") from error
    with contextlib.suppress(OSError):
        shutil.rmtree(gone)
    return True
