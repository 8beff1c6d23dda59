"""Face 2: the window. The only package that imports the toolkit.

PySide6 puts an import of its own in place of Python's, which reads the source of every module that is imported
afterwards to see whether it might ask for other names of Qt's methods. None of ours does, nor does any library that we
use, and the reading takes a third of all importing when the window starts; so Python's own is put back.
"""

import builtins

_imported = builtins.__import__
import PySide6.QtWidgets  # noqa: E402, F401 - between the two lines around it

builtins.__import__ = _imported
