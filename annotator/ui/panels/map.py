"""The map of the places that the article or the project names. It is made when it is first shown."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.domain.edits import Edit
from annotator.domain.ids import EntityId
from annotator.ui.desk import Desk
from annotator.ui.dialogs.questions import ask_new_file
from annotator.ui.map.view import MapView
from annotator.ui.theme import LIGHT
from annotator.ui.widgets.cards import PAD
from annotator.ui.widgets.plain import plain_label

Take = Callable[[float, float], None]
