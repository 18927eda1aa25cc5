"""Steps of the text size."""

import pytest

from desktop.ui.zoom import Zoom


class Setting:
    def __init__(self, value: int) -> None:
        self.value = value

    def zoom(self) -> Zoom:
        return Zoom(lambda: self.value, lambda size: setattr(self, "value", size))


@pytest.mark.parametrize(("size", "larger"), [(100, 110), (105, 110), (175, 200), (200, 200)])
def test_larger_is_the_next_step(size: int, larger: int) -> None:
    setting = Setting(size)
    setting.zoom().larger()
    assert setting.value == larger


@pytest.mark.parametrize(("size", "smaller"), [(100, 90), (105, 100), (80, 80)])
def test_smaller_is_the_step_before(size: int, smaller: int) -> None:
    setting = Setting(size)
    setting.zoom().smaller()
    assert setting.value == smaller


def test_reset_is_a_hundred_per_cent() -> None:
    setting = Setting(175)
    setting.zoom().reset()
    assert setting.value == 100
