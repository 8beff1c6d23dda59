"""The offline gazetteer's words: reading lists of places, folding names, ranking candidates. No files of its own."""
