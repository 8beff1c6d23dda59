"""Use cases: state and order of work. No toolkit and no SQL."""
