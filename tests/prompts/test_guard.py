"""The time limit of code that does not end."""

import threading
import time
from contextlib import suppress

import pytest

from desktop.core.errors import AppError, ErrorCode
from desktop.prompts import guard
from desktop.prompts.guard import time_limit


def spin() -> None:
    while True:
        pass


def test_an_endless_loop_ends() -> None:
    with pytest.raises(AppError) as caught, time_limit(0.02):
        spin()
    assert caught.value.code is ErrorCode.TEMPLATE_TOO_SLOW
    assert caught.value.params == {"seconds": 0.02}


def test_catching_exceptions_does_not_keep_it_going() -> None:
    def stubborn() -> None:
        while True:
            with suppress(Exception):
                spin()

    with pytest.raises(AppError), time_limit(0.02):
        stubborn()


def test_it_works_in_any_thread_and_hits_no_other() -> None:
    caught: list[AppError] = []

    def work() -> None:
        try:
            with time_limit(0.02):
                spin()
        except AppError as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [error.code for error in caught] == [ErrorCode.TEMPLATE_TOO_SLOW]


def test_code_in_time_is_left_alone() -> None:
    with time_limit(60):
        value = sum(range(1_000))
    assert value == 499_500
    assert not [t for t in threading.enumerate() if t.name == "time-limit"]


def test_an_error_inside_passes_through() -> None:
    with pytest.raises(ZeroDivisionError), time_limit(60):
        _ = 1 / 0


@pytest.mark.skipif(
    not hasattr(time, "pthread_getcpuclockid"), reason="no clock of a single thread here"
)
def test_waiting_does_not_count_where_a_thread_has_a_clock() -> None:
    with time_limit(0.05):
        threading.Event().wait(0.2)


def test_what_has_not_arrived_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[object] = []

    def keep(thread: int, exception: type[BaseException] | None) -> None:
        assert thread == threading.get_ident() or exception is not None
        raised.append(exception)

    monkeypatch.setattr(guard, "_raise_in", keep)
    with time_limit(0.000_5):
        while not raised:
            pass
    assert raised[-1] is None


def test_nothing_arrives_late() -> None:
    for _ in range(50):
        with suppress(AppError), time_limit(0.000_5):
            sum(range(20_000))
        sum(range(1_000))
