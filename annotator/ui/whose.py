"""Whose marks the article shows: those of the person at work, of everybody, or of the agreed result."""

MINE, EVERYBODYS, AGREED_ONES = "mine", "everybody's", "agreed"
WHOSE = {MINE: "Marks: mine", EVERYBODYS: "Marks: everybody’s", AGREED_ONES: "Marks: the agreed result"}
"""What can be chosen, with the words of the menu. Mine is usual: six people's marks over each other show nothing."""
