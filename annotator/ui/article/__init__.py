"""The article view: text laid out block by block, marks drawn under and between its lines."""
