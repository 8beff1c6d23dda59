"""What each of many events was done after, near and far, without a list for each of all that came before it.

Most events follow on one other. So each stands in a line, at a place, and what was before it is how far it reaches into
every line: as many numbers as people worked apart from each other, however long they did. These are the vector clocks
of C. Fidge (1988) and F. Mattern (1989).
"""

from collections.abc import Collection, Iterable

Reach = dict[int, int]
"""How many events of each line, by the number of the line."""


class Ancestry:
    """Events with those that they were done after; an event comes after all of these, or it does not know them."""

    def __init__(self, events: Iterable[tuple[str, Collection[str]]]) -> None:
        self._places: dict[str, tuple[int, int]] = {}
        self._reaches: dict[str, Reach] = {}
        lengths: list[int] = []
        for event, parents in events:
            known = sorted(parent for parent in parents if parent in self._places)
            reach = self.reach(known)
            for parent in known:
                line, at = self._places[parent]
                reach[line] = max(reach.get(line, 0), at + 1)
            ends = [line for line, at in map(self._places.__getitem__, known) if at + 1 == lengths[line]]
            if not ends:
                ends = [len(lengths)]
                lengths.append(0)
            self._places[event], self._reaches[event] = (ends[0], lengths[ends[0]]), reach
            lengths[ends[0]] += 1

    def reach(self, events: Iterable[str]) -> Reach:
        """All that any of these events was done after."""
        found: Reach = {}
        for event in events:
            for line, length in self._reaches[event].items():
                if length > found.get(line, 0):
                    found[line] = length
        return found

    def is_in(self, event: str, reach: Reach) -> bool:
        """Whether the event is among those that are reached."""
        line, at = self._places[event]
        return at < reach.get(line, 0)
