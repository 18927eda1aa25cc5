"""What goes wrong is said in a sentence, and the person can go on."""

import os
import signal
import sys
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from desktop.core.conversation import NodeState
from desktop.core.errors import AppError
from desktop.ui.notices import Card
from tests.journeys.conftest import Desk
from tests.models.tiny import write_tiny

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def use_slow_model(desk: Desk, folder: Path) -> None:
    path = write_tiny("slow", folder / "slow.gguf")
    session = desk.page._session
    session.choose_model(None, session.library.add(path).path)


def engine_pid() -> int:
    (engine,) = [p for p in psutil.Process().children() if "--engine-host" in p.cmdline()]
    return engine.pid


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGSTOP])
def test_when_the_engine_dies_the_text_stays_and_retry_works(
    desk: Desk, tmp_path: Path, how: signal.Signals
) -> None:
    use_slow_model(desk, tmp_path)
    desk.page.focus_composer()
    desk.page.composer.set_text("Count, please")
    desk.page.composer.submitted.emit("Count, please")
    desk.wait(lambda: len(desk.page.view.rows) == 2 and "tick" in shown(desk))
    os.kill(engine_pid(), how)
    desk.wait_for_the_answer()
    reply = desk.page.view.rows[-1].node
    assert reply.state is NodeState.FAILED
    assert "tick" in reply.content
    assert AppError.from_json(reply.error).code.startswith("engine_")
    desk.page.view.action_requested.emit(reply.id, "retry")
    desk.wait(lambda: bool(desk.page._worker.jobs) and "tick" in shown(desk))
    desk.page.stop()
    desk.wait_for_the_answer()
    assert desk.page.view.rows[-1].node.state is NodeState.STOPPED


def shown(desk: Desk) -> str:
    live = desk.page._turns.of(desk.page.chat_id)
    return live.reply.content if live is not None else ""


@pytest.mark.parametrize("kind", ["text", "truncated"])
def test_a_file_that_is_no_model_is_refused_in_words(
    desk: Desk, tmp_path: Path, kind: str, qtbot: QtBot
) -> None:
    bad = tmp_path / "bad.gguf"
    whole = write_tiny("hello", tmp_path / "hello.gguf").read_bytes()
    bad.write_bytes(b"just some words\n" if kind == "text" else whole[: len(whole) // 2])
    desk.window.files_dropped.emit([str(bad)])
    notices = desk.page._notices
    qtbot.waitUntil(lambda: any(isinstance(said, Card) for said in notices.said), timeout=60_000)
    (card,) = [said for said in notices.said if isinstance(said, Card)]
    assert "bad.gguf" in card.trouble.text
    assert [m.builtin for m in desk.page._session.library.models()] == [True]


def test_a_text_of_ten_megabytes_is_refused_and_kept(desk: Desk) -> None:
    text = "word " * 2_000_000
    desk.page.composer.submitted.emit(text)
    desk.wait(lambda: len(desk.page.view.rows) == 2)
    desk.wait_for_the_answer()
    asked, reply = (row.node for row in desk.page.view.rows)
    assert asked.content == text
    assert AppError.from_json(reply.error).code == "prompt_too_long"
    assert desk.page.chat_id is not None
    stored = desk.page._session.store.conversation(desk.page.chat_id)
    assert stored.nodes[asked.id].content == text
