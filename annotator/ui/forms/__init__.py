"""The inspector's forms, one per kind of record. What is changed in a field is saved when the field is left."""
