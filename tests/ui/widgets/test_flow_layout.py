"""Widgets that go on in the next line."""

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.flow_layout import FlowLayout


def row_of(qtbot: QtBot, widths: list[int]) -> tuple[QWidget, FlowLayout, list[QPushButton]]:
    host = QWidget()
    qtbot.addWidget(host)
    layout = FlowLayout(host)
    layout.set_spacing(10)
    buttons = [QPushButton() for _ in widths]
    for button, width in zip(buttons, widths, strict=True):
        button.setFixedSize(width, 30)
        layout.addWidget(button)
    return host, layout, buttons


def test_what_fits_stays_in_one_line(qtbot: QtBot) -> None:
    host, layout, buttons = row_of(qtbot, [100, 100, 100])
    host.resize(320, 100)
    host.show()
    assert [b.x() for b in buttons] == [0, 110, 220]
    assert layout.heightForWidth(320) == 30


def test_what_does_not_fit_goes_to_the_next_line(qtbot: QtBot) -> None:
    host, layout, buttons = row_of(qtbot, [100, 100, 100])
    host.resize(319, 100)
    host.show()
    assert [(b.x(), b.y()) for b in buttons] == [(0, 0), (110, 0), (0, 40)]
    assert layout.heightForWidth(319) == 70


def test_hidden_widgets_take_no_room(qtbot: QtBot) -> None:
    host, layout, buttons = row_of(qtbot, [100, 100, 100])
    buttons[1].hide()
    host.resize(210, 100)
    host.show()
    assert buttons[2].x() == 110
    assert layout.heightForWidth(210) == 30


def test_a_widget_wider_than_the_line_gets_one_of_its_own(qtbot: QtBot) -> None:
    host, layout, _ = row_of(qtbot, [100, 400])
    assert host.layout() is layout
    assert layout.heightForWidth(200) == 70
    assert layout.minimumSize().width() == 400


def test_widgets_can_be_taken_out(qtbot: QtBot) -> None:
    host, layout, buttons = row_of(qtbot, [100, 100])
    layout.removeWidget(buttons[0])
    assert buttons[0].parent() is host
    assert layout.count() == 1
    assert layout.takeAt(5) is None
