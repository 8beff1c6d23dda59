"""How the user likes the window: typed values in one settings file. What the project means is in the project."""

from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import QByteArray, QSettings

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
        if isinstance(self._default, float):
            try:
                return float(value)  # type: ignore[return-value]
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
    font_size = Setting("article/font_size", 13.0)
    geometry = Setting("window/geometry", QByteArray())
    docks = Setting("window/docks", QByteArray())
    key_set = Setting("keys/set", "standard")
    key_changes = Setting("keys/changes", "{}")
    recent = Setting("projects/recent", list[str]())
    last_folder = Setting("projects/last_folder", "")

    def __init__(self, path: Path) -> None:
        self.store = QSettings(str(path), QSettings.Format.IniFormat)

    def remember_project(self, path: Path) -> None:
        """Puts a project first among the recent ones."""
        others = [other for other in self.recent if other != str(path)]
        self.recent = [str(path), *others][:_MOST_RECENT]
