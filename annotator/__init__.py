"""Annotator: a desktop tool to record who did what, where, and who says so, in news articles."""
