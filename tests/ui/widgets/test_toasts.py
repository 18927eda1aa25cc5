"""Notices over the window: lines that go, cards that stay, all of it plain text."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.errors import AppError, ErrorCode
from desktop.ui.notices import Action, Notices
from desktop.ui.theme import Theme
from desktop.ui.widgets import toasts as toasts_module
from desktop.ui.widgets.icon_button import IconButton
from desktop.ui.widgets.toasts import MOST, ToastLine, Toasts
from desktop.ui.widgets.trouble_card import TroubleCard
from desktop.ui.wording import TroubleAction


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    return made


@pytest.fixture
def toasts(theme: Theme, notices: Notices, host: QWidget) -> Toasts:
    made = Toasts(theme, notices, host)
    notices.open()
    return made


def button(parent: QWidget, text: str) -> QPushButton:
    return next(b for b in parent.findChildren(QPushButton) if b.text() == text)


def test_a_line_lies_inside_the_window(toasts: Toasts, notices: Notices, host: QWidget) -> None:
    notices.toast("Saved.")
    assert toasts.isVisible()
    host.resize(320, 400)
    QApplication.processEvents()
    assert host.rect().contains(toasts.geometry())


def test_a_line_goes_by_itself(
    toasts: Toasts, notices: Notices, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toasts_module, "SHORT", 1)
    notices.toast("Saved.")
    (line,) = toasts.shown()
    QApplication.sendEvent(line, QEvent(QEvent.Type.Leave))  # the pointer may be there by chance
    qtbot.waitUntil(lambda: not toasts.shown())
    assert not toasts.isVisible()


def test_a_line_waits_while_the_keyboard_is_on_its_button(
    toasts: Toasts, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toasts_module, "LONG", 1)
    notices.toast("Gone.", Action("Undo", lambda: None))
    undo = button(toasts, "Undo")
    QApplication.sendEvent(undo, QFocusEvent(QEvent.Type.FocusIn))
    QTest.qWait(20)
    assert len(toasts.shown()) == 1


def test_the_button_acts_once_and_the_line_goes(toasts: Toasts, notices: Notices) -> None:
    done: list[str] = []
    notices.toast("Gone.", Action("Undo", lambda: done.append("undo")))
    button(toasts, "Undo").click()
    assert done == ["undo"]
    assert toasts.shown() == []


def test_only_the_newest_lines_stay(toasts: Toasts, notices: Notices) -> None:
    for number in range(MOST + 2):
        notices.toast(f"{number}")
    texts = [w.findChildren(QLabel)[0].text() for w in toasts.shown()]
    assert texts == ["2", "3", "4"]


def test_markup_is_shown_as_it_is(toasts: Toasts, notices: Notices) -> None:
    notices.toast("<b>bold</b>")
    notices.trouble(AppError(ErrorCode.NOT_FOUND, what="<img src=x>"))
    labels = [label for label in toasts.findChildren(QLabel) if label.text()]
    assert len(labels) >= 3
    for label in labels:
        assert label.textFormat() is label.textFormat().PlainText


def test_a_card_stays_until_it_is_closed(toasts: Toasts, notices: Notices) -> None:
    notices.trouble(AppError(ErrorCode.STORE_FULL, path="/x"))
    (card,) = toasts.shown()
    assert isinstance(card, TroubleCard)
    assert not button(card, "Retry").isVisible()
    close = next(b for b in card.findChildren(IconButton) if b.accessibleName() == "Close")
    close.click()
    assert toasts.shown() == []


def test_the_action_of_a_card_is_done_and_the_card_goes(toasts: Toasts, notices: Notices) -> None:
    done: list[TroubleAction] = []
    notices.trouble(AppError(ErrorCode.STORE_FULL, path="/x"), done.append)
    button(toasts, "Retry").click()
    assert done == [TroubleAction.RETRY]
    assert toasts.shown() == []


def test_details_are_folded_until_asked_for(toasts: Toasts, notices: Notices) -> None:
    notices.trouble(AppError(ErrorCode.ENGINE_START_FAILED, detail="exit status 7"))
    (card,) = toasts.shown()
    told = next(label for label in card.findChildren(QLabel) if label.text() == "exit status 7")
    assert not told.isVisible()
    low = toasts.height()
    button(card, "Details").click()
    QApplication.processEvents()
    assert told.isVisible()
    assert toasts.height() > low


def test_a_line_can_be_closed(toasts: Toasts, notices: Notices) -> None:
    notices.toast("Saved.")
    line = toasts.findChild(ToastLine)
    assert line is not None
    close = line.findChild(IconButton)
    assert close is not None
    close.click()
    assert toasts.shown() == []
