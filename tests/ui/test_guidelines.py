"""The version of the guidelines in the schema editor."""

import json

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.at_work import AtWork
from tests.ui.test_schema import back, named, ok, opened

VERSION = "SELECT json_extract(schema, '$.guidelines_version') FROM project"


def test_it_waits_for_ok_and_is_one_undo(work: AtWork) -> None:
    dialog = opened(work)
    field = named(dialog, QLineEdit, "Version of the guidelines")
    field.setFocus()
    QTest.keyClicks(field, "2.1")
    assert work.rows(VERSION) == [(None,)]
    ok(work, dialog)
    assert work.rows(VERSION) == [("2.1",)]
    again = opened(work)
    assert named(again, QLineEdit, "Version of the guidelines").text() == "2.1"
    again.close()
    back(work)
    work.player.press("Ctrl+Z")
    ((schema,),) = work.rows("SELECT schema FROM project")
    assert "guidelines_version" not in json.loads(str(schema))
