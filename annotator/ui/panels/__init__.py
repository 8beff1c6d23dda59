"""The docks around the article, one per file. PANELS lists them; the window makes a dock of each."""
