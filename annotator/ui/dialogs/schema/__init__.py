"""The schema editor: a list of all that the schema has, and a form for what is chosen in it."""
