"""A plugin that makes PySide6 impossible to import: loaded with -p tests.without_qt."""

import sys

sys.modules["PySide6"] = None  # type: ignore[assignment]  # this is how an import is made to fail
sys.modules["shiboken6"] = None  # type: ignore[assignment]
