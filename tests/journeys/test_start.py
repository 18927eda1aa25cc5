"""What the program does when it cannot simply start."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import apsw
import pytest
from PySide6.QtWidgets import QApplication

from desktop.app import open_window
from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Role
from desktop.store.store import Store
from desktop.system.paths import Paths
from tests.journeys.conftest import Desk, Open


def start(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person would, with a home of its own."""
    return subprocess.run(
        [sys.executable, "-m", "desktop"],
        env={**os.environ, "FIRESIDE_HOME": str(home), "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a display")
def test_without_a_display_it_says_what_to_do_instead(home: Path) -> None:
    done = start(home, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 1
    assert 'ask "Where are my chats stored?"' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_instance_brings_the_first_to_the_front(desk: Desk, home: Path) -> None:
    desk.window.hide()
    done = start(home, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0
    assert "already open" in done.stderr
    desk.wait(desk.window.isVisible)


def test_a_newer_database_is_left_as_it_is(qapp: QApplication, home: Path) -> None:
    paths = Paths.default()
    paths.create()
    database = paths.database
    Store.open(database).close()
    connection = apsw.Connection(str(database))
    connection.pragma("user_version", 999)
    connection.close()
    before = database.read_bytes()
    with ExitStack() as ending, pytest.raises(AppError) as caught:
        open_window(qapp, ending)
    assert caught.value.code is ErrorCode.STORE_NEWER
    assert database.read_bytes() == before


def test_a_data_folder_that_cannot_be_made_is_a_sentence(qapp: QApplication, home: Path) -> None:
    home.write_text("a file where the folder should be")
    with ExitStack() as ending, pytest.raises(AppError) as caught:
        open_window(qapp, ending)
    assert caught.value.code is ErrorCode.FOLDER_UNWRITABLE


def test_a_damaged_database_is_kept_and_told(open_desk: Open, home: Path) -> None:
    home.mkdir()
    database = Paths.default().database
    database.write_bytes(b"this was a database once" * 1000)
    desk = open_desk()
    (kept,) = home.glob("chats-damaged-*")
    assert kept.read_bytes() == b"this was a database once" * 1000
    assert any(str(kept) in repr(said) for said in desk.page._notices.said)


def test_replies_that_were_streaming_are_marked_and_can_go_on(open_desk: Open) -> None:
    paths = Paths.default()
    paths.create()
    with Store.open(paths.database) as store:
        chat = store.create_chat("Interrupted").id
        asked = store.add_message(chat, parent=None, role=Role.USER, content="Who are you?")
        reply = store.add_message(chat, parent=asked.id, role=Role.ASSISTANT)
        store.reopen(reply.id)
        store.checkpoint(reply.id, "I am")
    desk = open_desk()
    desk.page.open_chat(chat)
    assert desk.page.view.rows[-1].node.state == "interrupted"
    desk.page.continue_reply()
    desk.wait_for_the_answer()
    assert desk.answer.startswith("I am")
    assert desk.page.view.rows[-1].node.state == "complete"
