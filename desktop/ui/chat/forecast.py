"""How long reading the prompt will still take, told without jumps."""

MEASURED = 1.0  # s of reading after which its speed is trusted
NEWEST = 0.4  # weight of the newest batch in the speed


class ReadingForecast:
    """Times are seconds of any steady clock, speeds tokens a second.

    `speed` may come from an earlier prompt, so that there is a forecast before the first batch.
    """

    def __init__(self, speed: float = 0.0) -> None:
        self.speed = speed
        self._began: tuple[float, int] | None = None
        self._last = (0.0, 0)
        self._total = 0

    def note(self, done: int, total: int, now: float) -> None:
        """`done` of `total` tokens are read at `now`."""
        self._total = total
        if self._began is None or done < self._last[1]:
            self._began = (now, done)
        elif done > self._last[1] and now > self._last[0]:
            self._learn((done - self._last[1]) / (now - self._last[0]), now)
        else:
            return
        self._last = (now, done)

    def seconds_left(self, now: float) -> float | None:
        """Return the time from `now` to the end, None while nothing is known of the speed."""
        if self._began is None or self.speed <= 0:
            return None
        when, done = self._last
        return max(0.0, (self._total - done) / self.speed - (now - when))

    def _learn(self, newest: float, now: float) -> None:
        assert self._began is not None
        first = now - self._began[0] < MEASURED or self.speed <= 0
        self.speed = newest if first else NEWEST * newest + (1 - NEWEST) * self.speed
