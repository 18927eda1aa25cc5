"""The theme: readable colours, sizes that follow the text, the system's choice or the user's."""

import itertools
import re

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel

from desktop.ui.palette import BACKGROUNDS, DARK, LIGHT, TEXT_COLORS, Colors, contrast
from desktop.ui.stylesheet import stylesheet
from desktop.ui.theme import Theme

READABLE = 4.5  # WCAG 2.2, 1.4.3
VISIBLE = 3.0  # WCAG 2.2, 1.4.11, for the focus ring


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_colour_is_readable_on_every_background(colors: Colors) -> None:
    for text, background in itertools.product(TEXT_COLORS, BACKGROUNDS):
        ratio = contrast(getattr(colors, text), getattr(colors, background))
        assert ratio >= READABLE, (text, background)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_chosen_rows_and_buttons(colors: Colors) -> None:
    assert contrast(colors.text, colors.selection) >= READABLE
    assert contrast(colors.muted, colors.selection) >= READABLE
    assert contrast(colors.on_accent, colors.accent) >= READABLE
    assert contrast(colors.on_accent, colors.accent_strong) >= READABLE


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_the_focus_ring_is_visible_everywhere(colors: Colors) -> None:
    for background in BACKGROUNDS:
        assert contrast(colors.focus, getattr(colors, background)) >= VISIBLE, background


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def test_the_sheet_is_filled_in_completely() -> None:
    sheet = stylesheet(DARK, lambda factor: round(20 * factor), dark=True)
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    assert "@" not in rules
    assert not re.search(r"\dem\b|calc", rules)
    assert DARK.accent.name() in rules
    assert "chevron-down-dark.svg" in rules


def test_sizes_follow_the_text_size(theme: Theme, qapp: QApplication) -> None:
    normal = theme.em()
    theme.set_text_size(200)
    assert theme.em() == 2 * normal
    assert theme.text_scale == 2.0
    assert qapp.font().pixelSize() == 2 * normal


@pytest.mark.parametrize(("asked", "got"), [(10, 80), (900, 200), (125, 125)])
def test_the_text_size_stays_in_its_range(theme: Theme, asked: int, got: int) -> None:
    theme.set_text_size(asked)
    assert theme.text_size == got


def test_a_second_theme_starts_from_the_systems_font_again(qapp: QApplication) -> None:
    large = Theme(qapp, "light", 200).em()
    assert Theme(qapp, "light", 100).em() == large // 2


def test_a_fixed_theme_changes_colours_at_once(theme: Theme, qapp: QApplication) -> None:
    heard: list[bool] = []
    theme.changed.connect(lambda: heard.append(theme.dark))
    theme.set_mode("dark")
    assert heard == [True]
    assert theme.colors is DARK
    assert qapp.palette().window().color() == DARK.window
    theme.set_mode("dark")
    assert heard == [True]


def test_the_fonts_can_show_chinese_at_any_size(theme: Theme) -> None:
    label = QLabel("炉边")
    assert label.font().pixelSize() == theme.em()
    assert theme.font(2).pixelSize() == theme.em(2)
    assert theme.font(bold=True).bold()
    assert theme.mono_font().pixelSize() == theme.em(0.93)
