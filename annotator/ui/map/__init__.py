"""The map: projection, outlines, symbols, names, and the widget that shows them."""
