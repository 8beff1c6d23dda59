"""Small parts that several panels and dialogs use."""
