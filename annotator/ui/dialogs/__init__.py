"""Questions and sheets, one per file."""
