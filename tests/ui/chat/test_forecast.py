import pytest

from desktop.ui.chat.forecast import ReadingForecast


def test_nothing_is_forecast_before_something_was_read() -> None:
    forecast = ReadingForecast()
    assert forecast.seconds_left(0.0) is None
    forecast.note(0, 1000, 0.0)
    assert forecast.seconds_left(1.0) is None


def test_a_steady_speed_is_carried_on() -> None:
    forecast = ReadingForecast()
    forecast.note(0, 1000, 10.0)
    forecast.note(250, 1000, 15.0)
    assert forecast.seconds_left(15.0) == pytest.approx(15.0)


def test_it_counts_down_between_two_batches_and_never_below_nothing() -> None:
    forecast = ReadingForecast()
    forecast.note(0, 1000, 0.0)
    forecast.note(500, 1000, 5.0)
    assert forecast.seconds_left(7.0) == pytest.approx(3.0)
    assert forecast.seconds_left(60.0) == 0.0


def test_one_slow_batch_does_not_make_it_jump() -> None:
    forecast = ReadingForecast()
    for second in range(6):
        forecast.note(100 * second, 2000, float(second))
    before = forecast.seconds_left(5.0)
    forecast.note(600, 2000, 9.0)  # 25 tokens a second instead of 100
    after = forecast.seconds_left(9.0)
    assert before == pytest.approx(15.0)
    assert after is not None
    assert 14.0 < after < 56.0


def test_tokens_that_were_kept_from_before_are_no_speed() -> None:
    forecast = ReadingForecast()
    forecast.note(900, 1000, 0.0)
    forecast.note(950, 1000, 5.0)
    assert forecast.speed == pytest.approx(10.0)


def test_the_speed_of_an_earlier_prompt_is_a_first_forecast() -> None:
    forecast = ReadingForecast(speed=50.0)
    forecast.note(0, 1000, 0.0)
    assert forecast.seconds_left(0.0) == pytest.approx(20.0)


def test_told_twice_at_the_same_moment_it_stays_calm() -> None:
    forecast = ReadingForecast()
    forecast.note(0, 100, 1.0)
    forecast.note(50, 100, 1.0)
    assert forecast.seconds_left(1.0) is None
