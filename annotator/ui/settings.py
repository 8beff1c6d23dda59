"""How the user likes the window: typed values in one settings file. What the project means is in the project."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import QByteArray, QSettings

from annotator.domain.suggestions import Wishes
from annotator.ui.article.reading import USUAL, Density, Reading
from annotator.ui.whose import MINE

T = TypeVar("T")
_MOST_RECENT = 8


class Setting(Generic[T]):
    """One value: its key in the file, its default, and by the default its type."""

    def __init__(self, key: str, default: T) -> None:
        self._key, self._default = key, default

    @overload
    def __get__(self, settings: None, owner: type) -> "Setting[T]": ...
    @overload
    def __get__(self, settings: "Settings", owner: type) -> T: ...
    def __get__(self, settings: "Settings | None", owner: type) -> "Setting[T] | T":
        if settings is None:
            return self
        value: Any = settings.store.value(self._key, self._default)
        if isinstance(self._default, bool):
            return str(value).lower() == "true"  # type: ignore[return-value]  # an INI file has only words
        if isinstance(self._default, int | float):
            try:
                return type(self._default)(value)
            except (TypeError, ValueError):
                return self._default
        if isinstance(self._default, list) and not isinstance(value, list):
            return [value] if value else []  # type: ignore[return-value]  # an INI list of one comes back bare
        return value if isinstance(value, type(self._default)) else self._default

    def __set__(self, settings: "Settings", value: T) -> None:
        settings.store.setValue(self._key, value)


class Settings:
    """The settings file, with one attribute per setting."""

    theme = Setting("window/theme", "system")
    font_size = Setting("article/font_size", USUAL)
    font_family = Setting("article/font_family", "")
    measure = Setting("article/measure", 80)
    spacing = Setting("article/spacing", 1.0)
    density = Setting("article/density", Density.NAMES.value)
    blinks = Setting("window/blinks", True)  # noqa: FBT003
    folds = Setting("article/folds", False)  # noqa: FBT003
    snaps = Setting("article/snaps", True)  # noqa: FBT003
    numbers = Setting("article/numbers", False)  # noqa: FBT003 - a default
    hidden = Setting("article/hidden", False)  # noqa: FBT003
    whose = Setting("article/whose", MINE)
    blind = Setting("review/blind", False)  # noqa: FBT003
    suggestions = Setting("suggestions/shown", True)  # noqa: FBT003
    looks_ahead = Setting("suggestions/ahead", True)  # noqa: FBT003
    proposers_off = Setting("suggestions/off", list[str]())
    pipeline_labels = Setting("suggestions/labels", "{}")
    pipeline_folder = Setting("suggestions/pipeline", "")
    geometry = Setting("window/geometry", QByteArray())
    concordance = Setting("window/concordance", QByteArray())
    claims_window = Setting("window/claims", QByteArray())
    same_or_not = Setting("window/same_or_not", QByteArray())
    agreement = Setting("window/agreement", QByteArray())
    docks = Setting("window/docks", QByteArray())
    key_set = Setting("keys/set", "standard")
    key_changes = Setting("keys/changes", "{}")
    recent = Setting("projects/recent", list[str]())
    last_folder = Setting("projects/last_folder", "")

    def __init__(self, path: Path) -> None:
        self.store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def reading(self) -> Reading:
        """How the article is set."""
        known = {density.value for density in Density}
        return Reading(
            density=Density(self.density) if self.density in known else Density.NAMES,
            points=self.font_size,
            family=self.font_family,
            measure=self.measure,
            spacing=self.spacing,
            numbers=self.numbers,
            hidden=self.hidden,
        )

    @reading.setter
    def reading(self, reading: Reading) -> None:
        self.density, self.font_size, self.font_family = reading.density.value, reading.points, reading.family
        self.measure, self.spacing = reading.measure, reading.spacing
        self.numbers, self.hidden = reading.numbers, reading.hidden

    def wishes(self, schema: str) -> Wishes:
        """What is wanted of suggestions in projects with a schema of this name."""
        labels = self._labels().get(schema, {})
        chosen = tuple((name, str(key)) for name, key in labels.items()) if isinstance(labels, dict) else ()
        folder = Path(self.pipeline_folder) if self.pipeline_folder else None
        return Wishes(frozenset(self.proposers_off), chosen, folder)

    def set_wishes(self, schema: str, wishes: Wishes) -> None:
        """Keeps what is wanted; labels are kept for this schema, the rest for all."""
        self.proposers_off = sorted(wishes.off)
        self.pipeline_folder = str(wishes.folder or "")
        self.pipeline_labels = json.dumps(self._labels() | {schema: dict(wishes.labels)}, ensure_ascii=False)

    def _labels(self) -> dict[str, Any]:
        with suppress(ValueError):
            known = json.loads(self.pipeline_labels)
            return known if isinstance(known, dict) else {}
        return {}

    def remember_project(self, path: Path) -> None:
        """Puts a project first among the recent ones."""
        others = [other for other in self.recent if other != str(path)]
        self.recent = [str(path), *others][:_MOST_RECENT]
