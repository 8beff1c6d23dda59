"""Formats, one per file: what corpora are read from and written to."""
