"""Gestures: pure functions from what is there to an Edit. They may ask, they may refuse, they write nothing."""
