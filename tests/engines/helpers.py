"""Short ways to ask an engine, and to look at what its process has loaded."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from desktop.core.cancel import CancelToken
from desktop.core.events import Event, Finished, Notice, Reading, Reasoning, Text
from desktop.core.messages import Message, Role
from desktop.core.options import ModelOptions, Sampling
from desktop.engines.base import ChatRequest, Engine

GREEDY = Sampling(temperature=0)


def user(text: str) -> Message:
    """Return a message of the person."""
    return Message(Role.USER, text)


def assistant(text: str, reasoning: str = "") -> Message:
    """Return a reply."""
    return Message(Role.ASSISTANT, text, reasoning)


def system(text: str) -> Message:
    """Return a system prompt."""
    return Message(Role.SYSTEM, text)


def request(
    model: str,
    *messages: Message | str,
    sampling: Sampling = GREEDY,
    context_length: int = 0,
    chat_format: str = "",
) -> ChatRequest:
    """Return a request on one thread; plain strings are the user's."""
    return ChatRequest(
        model=model,
        messages=tuple(user(m) if isinstance(m, str) else m for m in messages),
        sampling=sampling,
        options=ModelOptions(threads=1, context_length=context_length, chat_format=chat_format),
    )


def ask(engine: Engine, asked: ChatRequest) -> list[Event]:
    """Return all events of a reply."""
    return list(engine.generate(asked, CancelToken()))


def play(events: Iterator[Event], do: Callable[[Event], object]) -> list[Event]:
    """Take events one by one, doing something with each before the next is asked for."""
    taken: list[Event] = []
    for event in events:
        taken.append(event)
        do(event)
    return taken


def text_of(events: Sequence[Event]) -> str:
    """Return the answer."""
    return "".join(e.piece for e in events if isinstance(e, Text))


def reasoning_of(events: Sequence[Event]) -> str:
    """Return the thinking."""
    return "".join(e.piece for e in events if isinstance(e, Reasoning))


def notices_of(events: Sequence[Event]) -> dict[str, str]:
    """Return code → detail of the notices."""
    return {e.code: e.detail for e in events if isinstance(e, Notice)}


def end_of(events: Sequence[Event]) -> Finished:
    """Return the last event."""
    last = events[-1]
    assert isinstance(last, Finished)
    return last


def read_tokens(events: Sequence[Event]) -> int:
    """Return how many tokens of the prompt were evaluated."""
    return max(e.done for e in events if isinstance(e, Reading))


def mapped_files(pid: int) -> set[str]:
    """Return the paths of the files that a process has mapped."""
    lines = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines()
    return {line.split(maxsplit=5)[5] for line in lines if "/" in line}
