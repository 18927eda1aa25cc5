"""Numbers, sizes and times in the language of the window."""

import time

import pytest

from desktop.ui.amounts import day, duration, file_size, memory, moment, number, parameters, percent
from desktop.ui.translation import Translation

pytestmark = pytest.mark.usefixtures("translation")


def test_numbers_have_separators() -> None:
    assert number(1204) == "1,204"
    assert number(8.43, 1) == "8.4"


@pytest.mark.parametrize(("fraction", "text"), [(0.624, "62 %"), (-1, "0 %"), (7, "100 %")])
def test_parts_are_per_cent_between_nought_and_a_hundred(fraction: float, text: str) -> None:
    assert percent(fraction) == text


def test_files_count_in_thousands_and_memory_in_powers_of_two() -> None:
    assert file_size(2_400_000_000) == "2.4 GB"
    assert memory(8 << 30) == "8.0 GB"
    assert memory(6_000_000_000) == "5.6 GB"


@pytest.mark.parametrize(
    ("count", "text"),
    [(1_540_000_000, "1.5B"), (7_000_000_000, "7B"), (8_500_000, "8.5M"), (360_000_000, "360M")],
)
def test_models_are_sized_as_the_field_writes_it(count: int, text: str) -> None:
    assert parameters(count) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1.24, "1.2 s"), (25.2, "25 s"), (80, "1 min 20 s"), (7500, "2 h 5 min"), (59.7, "1 min 0 s")],
)
def test_times_are_as_exact_as_a_person_needs(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_times_are_chinese_in_chinese(translation: Translation) -> None:
    translation.set_language("zh_CN")
    assert duration(80) == "1 分 20 秒"


def test_today_shows_the_time_and_other_days_the_date() -> None:
    now = time.time()
    assert ":" in day(now)
    assert ":" not in day(now - 3 * 86_400)
    assert day(now - 3 * 86_400) in moment(now - 3 * 86_400)
