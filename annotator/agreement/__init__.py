"""How well people agree: units from records, one measure a file, and the report of them all."""
