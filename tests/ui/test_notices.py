"""The one door to the user."""

from PySide6.QtWidgets import QApplication

from desktop.core.errors import AppError, ErrorCode
from desktop.ui.notices import Action, Card, Notices, Toast


def test_what_is_said_before_the_window_is_shown_when_it_opens(qapp: QApplication) -> None:
    notices, shown = Notices(), []
    notices.toast("early")
    notices.posted.connect(shown.append)
    assert shown == []
    notices.open()
    notices.toast("late")
    assert shown == [Toast("early"), Toast("late")]


def test_everything_said_can_be_looked_up(qapp: QApplication) -> None:
    notices = Notices()
    undo = Action("Undo", lambda: None)
    notices.toast("Gone", undo)
    notices.trouble(AppError(ErrorCode.STORE_FULL, path="/x"))
    toast, card = notices.said
    assert toast == Toast("Gone", undo)
    assert isinstance(card, Card)
    assert "/x" in card.trouble.text
