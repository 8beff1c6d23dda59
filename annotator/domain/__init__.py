"""What the words mean: frozen records and the rules of one value. Standard library only."""
