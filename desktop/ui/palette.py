"""The colours of the window: one light and one dark set of named tokens."""

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True, kw_only=True)
class Colors:
    """What each colour is for. Everything on TEXT_COLORS reads on everything on BACKGROUNDS."""

    window: QColor  # behind the chat
    sidebar: QColor
    surface: QColor  # cards, fields, the composer
    raised: QColor  # menus, popovers, dialogs
    text: QColor
    muted: QColor  # secondary text
    faint: QColor  # headings of lists, hints, placeholders
    accent: QColor  # ember: links, the chosen thing, the main button
    accent_strong: QColor  # the main button under the pointer
    on_accent: QColor
    border: QColor
    bubble: QColor  # behind what the user wrote
    code_background: QColor
    selection: QColor
    focus: QColor  # the focus ring
    danger: QColor
    warning: QColor
    success: QColor
    hover: QColor  # behind a row or button under the pointer
    scroll: QColor  # the handle of a scroll bar


TEXT_COLORS = ("text", "muted", "faint", "accent", "danger", "warning", "success")
BACKGROUNDS = (
    "window",
    "sidebar",
    "surface",
    "raised",
    "bubble",
    "code_background",
    "hover",
)


def _colors(**named: str) -> Colors:
    return Colors(**{f.name: QColor(named[f.name]) for f in fields(Colors)})


LIGHT = _colors(
    window="#fcfaf7",
    sidebar="#f5f1eb",
    surface="#ffffff",
    raised="#ffffff",
    text="#241e19",
    muted="#5f554b",
    faint="#6b6055",
    accent="#a63f0c",
    accent_strong="#8c3409",
    on_accent="#ffffff",
    border="#e4dcd1",
    bubble="#f7e8db",
    code_background="#f4f0ea",
    selection="#f7cfae",
    focus="#c9540f",
    danger="#a8201a",
    warning="#7a4d00",
    success="#2a6330",
    hover="#ece5db",
    scroll="#cbbfb0",
)

DARK = _colors(
    window="#1e1a17",
    sidebar="#171411",
    surface="#282320",
    raised="#2c2723",
    text="#ede6dd",
    muted="#bab0a4",
    faint="#a79c90",
    accent="#f49152",
    accent_strong="#ffa56c",
    on_accent="#2a1204",
    border="#3d362f",
    bubble="#40291a",
    code_background="#151210",
    selection="#643617",
    focus="#f49a60",
    danger="#ff958b",
    warning="#e8b655",
    success="#86cb8c",
    hover="#332d28",
    scroll="#5a5148",
)


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast ratio of two opaque colours, 1…21 (WCAG 2.2, relative luminance)."""
    bright, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(color: QColor) -> float:
    red, green, blue = color.redF(), color.greenF(), color.blueF()
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
