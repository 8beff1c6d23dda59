"""Language work: the only place that opens spaCy."""
