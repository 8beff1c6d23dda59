"""The inverse of an edit is the swap of its changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.edits import Change, Edit, EditKind
from tests.building import TEXT, changed, deleted, made, make_article, make_entity, make_mention

ENTITIES = [make_entity(name) for name in ("Ana", "Ben", "Cem")]
CHANGES = st.lists(
    st.one_of(
        st.sampled_from(ENTITIES).map(lambda entity: Change(None, entity)),
        st.sampled_from(ENTITIES).map(lambda entity: Change(entity, None)),
        st.sampled_from(ENTITIES).map(lambda entity: changed(entity, name="Dee").changes[0]),
    )
).map(tuple)


@given(CHANGES)
def test_the_inverse_of_the_inverse_is_the_edit(changes: tuple[Change, ...]) -> None:
    edit = Edit(EditKind.TAG, changes, ("Ana",))
    assert edit.inverse().inverse() == edit
    assert edit.inverse().subject == edit.subject


def test_the_inverse_goes_backwards() -> None:
    article = make_article()
    mention = make_mention(article, TEXT)
    edit = made(article, mention)
    assert edit.inverse().changes == deleted(mention, article).changes


def test_a_change_needs_a_record() -> None:
    with pytest.raises(ValueError, match="needs a record"):
        Change(None, None)


def test_a_change_speaks_of_the_record_as_it_is_after_or_was() -> None:
    ana = ENTITIES[0]
    assert Change(None, ana).record == ana
    assert Change(ana, None).record == ana
    renamed = changed(ana, name="Anna").changes[0]
    assert renamed.record == renamed.after
