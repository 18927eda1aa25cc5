"""Icons: every file draws, in the colour and at the size that is asked for."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.system.paths import resources
from desktop.ui.icons import app_icon, icon, set_button_icon

NAMES = sorted(path.stem for path in (resources() / "icons").glob("*.svg"))
RED = QColor("#ff0000")


def drawn(made: QIcon, side: int = 32, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return made.pixmap(QSize(side, side), mode).toImage()


def pixels(image: QImage) -> list[QColor]:
    return [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]


def test_every_icon_draws_in_its_colour_only(qapp: QApplication) -> None:
    assert len(NAMES) > 20
    for name in (name for name in NAMES if name != "fireside"):
        seen = [p for p in pixels(drawn(icon(name, RED), 20)) if p.alpha() > 200]
        assert seen, name
        assert all(p.green() < 40 and p.blue() < 40 for p in seen), name


@pytest.mark.parametrize("side", [13, 24, 96])
def test_an_icon_is_drawn_at_exactly_the_size_asked_for(qapp: QApplication, side: int) -> None:
    assert drawn(icon("search", RED, side), side).size() == QSize(side, side)


def test_an_icon_before_a_text_leaves_room_to_its_right(qtbot: QtBot) -> None:
    button = QPushButton("text")
    qtbot.addWidget(button)
    set_button_icon(button, "stop", RED, 30)
    assert button.iconSize() == QSize(40, 30)
    image = button.icon().pixmap(button.iconSize()).toImage()
    columns = [x for x in range(40) for y in range(30) if image.pixelColor(x, y).alpha()]
    assert 0 < max(columns) < 30


def test_a_disabled_icon_is_pale(qapp: QApplication) -> None:
    strongest = max(p.alpha() for p in pixels(drawn(icon("check", RED), mode=QIcon.Mode.Disabled)))
    assert 0 < strongest < 128


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_an_icon_is_sharp_on_every_screen(
    qapp: QApplication, scale: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.icons.screen_scales", lambda: {1.0, scale})
    made = icon("search", RED, 19)
    side = round(19 * scale)
    assert QSize(side, side) in made.availableSizes()


def test_an_icon_is_large_enough_for_a_screen_that_is_joined_later(qapp: QApplication) -> None:
    sides = [size.width() for size in icon("search", RED, 21).availableSizes()]
    assert max(sides) == 63


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", RED)


@pytest.mark.parametrize("side", [16, 24, 32, 48, 64, 128, 256, 512])
def test_the_programs_icon_comes_as_pictures_too(qapp: QApplication, side: int) -> None:
    picture = QImage(str(resources() / "icons" / "app" / f"fireside-{side}.png"))
    assert picture.size() == QSize(side, side)
    middle, own = picture.pixelColor(side // 2, side // 2), drawn(app_icon(), side)
    assert own.pixelColor(side // 2, side // 2) == middle
