"""What came before what, against walking from each event to all before it."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.ancestry import Ancestry

HISTORIES = st.lists(st.sets(st.integers(0, 40), max_size=3), max_size=40).map(
    lambda all_parents: [
        (str(number), {str(parent % number) for parent in parents} if number else set())
        for number, parents in enumerate(all_parents)
    ]
)


def walked(history: list[tuple[str, set[str]]], event: str) -> set[str]:
    """All that an event was done after, one step at a time."""
    parents, found, waiting = dict(history), set[str](), [event]
    while waiting:
        for parent in parents[waiting.pop()]:
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


@given(HISTORIES, st.data())
def test_what_an_event_was_done_after_is_all_that_one_comes_to_from_it(
    history: list[tuple[str, set[str]]], data: st.DataObject
) -> None:
    ancestry = Ancestry(history)
    events = [event for event, _ in history]
    for event in events:
        reach = ancestry.reach((event,))
        assert {other for other in events if ancestry.is_in(other, reach)} == walked(history, event)
    some = data.draw(st.sets(st.sampled_from(events))) if events else set()
    reached = {other for other in events if ancestry.is_in(other, ancestry.reach(some))}
    assert reached == set().union(*(walked(history, event) for event in some))


def test_events_that_nobody_has_are_not_waited_for() -> None:
    ancestry = Ancestry([("a", {"lost"}), ("b", {"a", "lost"})])
    assert ancestry.is_in("a", ancestry.reach(("b",)))
    assert not ancestry.is_in("b", ancestry.reach(("a",)))
