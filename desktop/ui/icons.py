"""Icons drawn from our own SVG strokes, tinted, sharp at every size."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from desktop.system.paths import resources

DISABLED_OPACITY = 0.4
# Pixels. Pictures and no QIconEngine of our own: shiboken frees an engine written in Python while
# buttons still hold the icon, which crashes the interpreter in the next garbage collection
# (PySide6 6.11.3: show and drop a window with such icons a few times).
SIZES = (16, 20, 24, 32, 48, 96)
LARGEST_SCALE = 3.0  # drawn always: for a screen that is joined later, it is made smaller
APP_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def icon(name: str, color: QColor, side: int = 0) -> QIcon:
    """Return resources/icons/<name>.svg with its strokes in `color`.

    The files are 24×24 and draw with `currentColor`. With `side`, the size in pixels at which it
    will be shown, it is sharp on every screen. Raises FileNotFoundError for unknown names.
    """
    sizes = _scaled(side) if side else SIZES
    return _drawn(name, color.name(QColor.NameFormat.HexRgb), sizes)


def set_button_icon(button: QAbstractButton, name: str, color: QColor, side: int) -> None:
    """Put an icon before the text of a button, with more room between them than styles leave."""
    gap = side // 3
    button.setIcon(_drawn(name, color.name(QColor.NameFormat.HexRgb), _scaled(side), gap / side))
    button.setIconSize(QSize(side + gap, side))


def app_icon() -> QIcon:
    """Return the icon of the program, in its own colours."""
    made = QIcon()
    for side in APP_SIZES:
        made.addFile(str(resources() / "icons" / "app" / f"fireside-{side}.png"))
    return made


def _scaled(side: int) -> tuple[int, ...]:
    return tuple(round(side * scale) for scale in sorted({*screen_scales(), LARGEST_SCALE}))


def screen_scales() -> set[float]:
    """Return how many pixels of each screen there are to one of ours."""
    return {screen.devicePixelRatio() for screen in QGuiApplication.screens()}


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _drawn(name: str, color: str, sizes: tuple[int, ...], gap: float = 0.0) -> QIcon:
    """`gap` is room to the right of the icon, as a part of its size."""
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))
    made = QIcon()
    for side in sizes:
        picture = _picture(renderer, side, round(side * (1 + gap)))
        made.addPixmap(picture, QIcon.Mode.Normal)
        made.addPixmap(_paled(picture), QIcon.Mode.Disabled)
    return made


def _picture(renderer: QSvgRenderer, side: int, width: int) -> QPixmap:
    picture = QPixmap(width, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


def _paled(picture: QPixmap) -> QPixmap:
    pale = QPixmap(picture.size())
    pale.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pale)
    painter.setOpacity(DISABLED_OPACITY)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return pale
