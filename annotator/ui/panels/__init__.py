"""The docks around the article, one per file, each with an id, a title and the side where it first stands."""
