"""Item models: rows are frozen records, and an edit touches only the rows it changed."""
