"""Search in a million messages, and the list of ten thousand chats."""

import contextlib
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from desktop.store.connection import connect
from desktop.store.store import Store
from tests.benchmarks.chat_files import chat_file
from tests.benchmarks.chatter import Chatter
from tests.benchmarks.measure import Sample, in_turn
from tests.benchmarks.scale import Scale
from tests.benchmarks.table import Limit, Row, compared, figure

SEARCH_BUDGET = Limit(value=100, unit="ms")
LIST_BUDGET = Limit(value=1.5)
MESSAGES = 100  # a chat
KINDS = 14  # of queries that Chatter.queries goes through
FEW_CHATS = 100
SHOWN = 100  # rows of the list
SCAN = "SELECT id FROM node WHERE content LIKE '%' || ? || '%' ORDER BY id DESC LIMIT 50"


def rows(scale: Scale, _threads: int) -> Iterator[Row]:
    """Measure on databases that are made once."""
    file = chat_file(chats=scale.messages // MESSAGES, messages=MESSAGES)
    yield _search_row(file, scale)
    yield _list_row(file, scale)


def _search_row(file: Path, scale: Scale) -> Row:
    queries = list(islice(Chatter(seed=2).queries(), KINDS * scale.queries))
    with Store.open(file) as store, contextlib.closing(connect(file, read_only=True)) as db:
        store.search("warm")
        found = Sample(tuple(_milliseconds(lambda q=q: store.search(q)) for q in queries))
        scanned = Sample(
            tuple(
                _milliseconds(lambda q=q: db.execute(SCAN, (q,)).fetchall())
                for q in queries[:KINDS]
            )
        )
    ours, theirs = found.percentile(95), scanned.percentile(95)
    return Row(
        f"search in {scale.messages:,} messages, p95",
        f"{figure(ours)} ms (median {figure(found.median)})",
        f"LIKE without an index: {figure(theirs)} ms",
        figure(ours / theirs),
        str(SEARCH_BUDGET),
        SEARCH_BUDGET.judge_one(ours),
    )


def _list_row(file: Path, scale: Scale) -> Row:
    chats = scale.messages // MESSAGES
    with (
        Store.open(file) as many,
        Store.open(chat_file(chats=FEW_CHATS, messages=MESSAGES)) as few,
    ):
        found = in_turn(
            lambda: _milliseconds(lambda: many.chats(limit=SHOWN)),
            lambda: _milliseconds(lambda: few.chats(limit=SHOWN)),
            repeats=10 * scale.queries,
        )
    return compared(
        f"list of {chats:,} chats, first {SHOWN}",
        found,
        LIST_BUDGET,
        unit="ms",
        against=f"of {FEW_CHATS} chats",
    )


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - began)
