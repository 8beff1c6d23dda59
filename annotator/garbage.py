"""How often Python looks for objects that hold each other and nobody else holds.

It looks after each 700 objects that are made and not let go, and now and then through all that there are. Records hold
nothing that holds them, so where thousands are made at once nothing is ever found: an import spends a tenth of its
time on looking, and a window that holds 20,000 spans stands still for it.
"""

import gc

_MADE, _YOUNG, _MIDDLE = 50_000, 20, 20
"""Objects, some megabytes at the most; how many looks at the youngest until one at the younger, and of those at all."""


def collect_seldom() -> None:
    """From now on it looks far less often. What is not part of a ring is let go at once, as ever."""
    gc.set_threshold(_MADE, _YOUNG, _MIDDLE)
