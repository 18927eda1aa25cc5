"""Numbers about the transcript with 10,000 messages.

Times are milliseconds of the window's thread (not of the clock: other programs do not count),
memory is MB. Each turn of the event loop is timed, painting included.
"""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.core.conversation import Node, NodeState
from desktop.core.messages import Role
from desktop.ui.chat.message_row import MessageRow
from desktop.ui.chat.view import ChatView
from desktop.ui.theme import Theme

MESSAGES = 10_000
TOKENS_PER_SECOND = 200
STREAM_SECONDS = 6.0
SCROLL_SECONDS = 4.0

ANSWER = """Sorting needs a **key function**; here is one in `Python`:

```python
def by_birth(person: dict) -> int:
    return person["born"]
```

1. The sort is *stable*.
2. Missing keys raise `KeyError`.

| Method | Cost |
|---|--:|
| `sorted` | O(n log n) |

That is all there is to say about number {0}. It goes on for another sentence or two, so that the
paragraph takes several lines in the column, as answers usually do.
"""


def measure_view(app: QApplication) -> dict[str, float]:
    """Return all numbers of the transcript."""
    theme = Theme(app)
    rows = _rows(MESSAGES)
    view = ChatView(theme)
    view.resize(1000, 800)
    view.show()
    view.set_rows(rows[:20])
    _turn(app, 0.3)
    gc.collect()
    before = _memory()
    began = time.thread_time()
    view.set_rows(rows)
    numbers = {"view.set_rows_ms": (time.thread_time() - began) * 1000}
    _turn(app, 0.3)
    numbers |= _scrolling(app, view)
    numbers |= _streaming(app, view)
    gc.collect()
    numbers["view.memory_mb"] = (_memory() - before) / 1e6
    numbers["view.widgets"] = float(len(view.findChildren(QWidget)))
    view.close()
    view.deleteLater()
    return numbers


def _rows(count: int) -> list[MessageRow]:
    """Questions and answers with code, a list and a table."""
    rows: list[MessageRow] = []
    for i in range(count):
        role = Role.ASSISTANT if i % 2 else Role.USER
        text = ANSWER.format(i) if i % 2 else f"Question {i}: how does one sort dictionaries?"
        node = Node(i + 1, i or None, role, text)
        rows.append(MessageRow(node=node, model_name="Guide" if i % 2 else ""))
    return rows


def _scrolling(app: QApplication, view: ChatView) -> dict[str, float]:
    """Scroll like a wheel, 60 notches a second, then jump about with the slider."""
    bar = view.verticalScrollBar()
    wheel = _watched(app, SCROLL_SECONDS, 16, lambda: bar.setValue(bar.value() - 90))
    places = iter(range(0, bar.maximum(), max(bar.maximum() // 97, 1)))
    jumps = _watched(app, 2.0, 25, lambda: bar.setValue(next(places, 0)))
    view.scroll_to_end()
    return {**_told("view.wheel", wheel), **_told("view.jump", jumps)}


def _streaming(app: QApplication, view: ChatView) -> dict[str, float]:
    """Stream at 200 tokens a second into the last message."""
    index = len(view.rows)
    node = Node(index + 1, index, Role.ASSISTANT, "", state=NodeState.STREAMING)
    view.append(MessageRow(node=node, model_name="Guide", is_last_reply=True))
    view.stream_started(index)
    text = "".join(ANSWER.format(i) for i in range(40))
    pieces = iter([text[i : i + 4] for i in range(0, len(text), 4)])
    turns = _watched(
        app,
        STREAM_SECONDS,
        1000 // TOKENS_PER_SECOND,
        lambda: view.stream_text(next(pieces, "more ")),
    )
    done = Node(node.id, index, Role.ASSISTANT, text)
    began = time.thread_time()
    view.stream_ended(MessageRow(node=done, model_name="Guide", is_last_reply=True))
    return {**_told("view.stream", turns), "view.end_ms": (time.thread_time() - began) * 1000}


def _watched(
    app: QApplication, seconds: float, interval: int, act: Callable[[], None]
) -> list[float]:
    """Run the event loop, `act` every `interval` ms; return how long each turn took, in ms."""
    turns: list[float] = []
    timer = QTimer(interval=interval)
    timer.timeout.connect(act)
    timer.start()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.thread_time()
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        turns.append((time.thread_time() - began) * 1000)
        time.sleep(0.001)
    timer.stop()
    return [turn for turn in turns if turn > 0.05]


def _told(name: str, turns: list[float]) -> dict[str, float]:
    ordered = sorted(turns)
    return {
        f"{name}_median_ms": statistics.median(ordered),
        f"{name}_p99_ms": ordered[int(len(ordered) * 0.99)],
        f"{name}_worst_ms": ordered[-1],
    }


def _turn(app: QApplication, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.002)


def _memory() -> int:
    return psutil.Process().memory_info().rss


if __name__ == "__main__":
    print(json.dumps(measure_view(QApplication(sys.argv[:1]))))
