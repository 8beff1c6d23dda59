"""The pages of the window on the claims of the whole project."""
