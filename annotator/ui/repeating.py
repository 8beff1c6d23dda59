"""Doing the last thing again, on what is chosen or selected now."""

from collections.abc import Callable

from annotator.ui.desk import Notices


class Repeating:
    """Remembers one act."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._words = ""
        self._act: Callable[[], object] | None = None

    def remember(self, words: str, act: Callable[[], object]) -> None:
        """From now on again does this."""
        self._words, self._act = words, act

    def again(self) -> None:
        """Does it again."""
        if self._act is None:
            self._notices.refused.emit("There is nothing to repeat yet: tag something, or set a value.")
            return
        self._act()
        self._notices.said.emit(f"Again: {self._words}.")
