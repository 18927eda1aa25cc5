"""What a person typed stays text: finding the messages inside a rendered prompt.

A chat template puts control tokens such as `<|im_end|>` around the messages as plain characters.
If the whole prompt were parsed for them, a message that contains those characters could end its
own turn. So only what the template wrote is parsed, and for that we must know which part it is.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.core.messages import Message

Render = Callable[[Sequence[Message]], str]
Span = tuple[int, int]

_JOINER = "\u2060"  # WORD JOINER: invisible, and breaks the spelling of a token


@dataclass(frozen=True, slots=True)
class Located:
    """A rendered prompt, and where in it are words of messages (spans in order, not touching)."""

    text: str
    spans: tuple[Span, ...]


def locate(render: Render, messages: Sequence[Message], typed: Sequence[str]) -> Located:
    """Render messages and find them in the result.

    `typed` are the special tokens whose spelling occurs in messages. The text is the plain
    rendering; only when a template changes messages so much that they cannot be found again, the
    spelling of `typed` is broken by an invisible character. (Searching for them instead finds the
    template's own markers where a message consists of one.)
    """
    plain = render(messages)
    if not typed:
        return Located(plain, ())
    spans = _by_placeholders(render, messages, plain)
    if spans is not None:
        return Located(plain, tuple(spans))
    return Located(render([_broken(m, typed) for m in messages]), ())


def special_spellings(messages: Sequence[Message], specials: Sequence[str]) -> list[str]:
    """Return the special tokens whose spelling occurs in messages."""
    return [s for s in specials if any(s in m.content or s in m.reasoning for m in messages)]


def _by_placeholders(render: Render, messages: Sequence[Message], plain: str) -> list[Span] | None:
    """Render with placeholders for the words, and lay the result over the plain rendering."""
    mark = secrets.token_hex(4)
    words: list[str] = []

    def placeholder(text: str) -> str:
        if not text.strip():
            return text
        words.append(text)
        return f"\ue000{mark}.{len(words) - 1}\ue001"

    marked = render([
        replace(m, content=placeholder(m.content), reasoning=placeholder(m.reasoning))
        for m in messages
    ])  # fmt: skip
    parts = re.split(f"\ue000{mark}\\.(\\d+)\ue001", marked)
    position = len(parts[0])
    if not plain.startswith(parts[0]):
        return None
    spans: list[Span] = []
    for number, after in zip(parts[1::2], parts[2::2], strict=True):
        last = len(spans) == len(parts) // 2 - 1
        for form in _forms(words[int(number)]):
            end = position + len(form)
            fits = plain[end:] == after if last else plain.startswith(after, end)
            if fits and plain.startswith(form, position):
                spans.append((position, end))
                position = end + len(after)
                break
        else:
            return None
    return spans if position == len(plain) else None


def _forms(text: str) -> Iterator[str]:
    """Yield what templates make of a message: trimmed, or without its thinking."""
    yield text
    answer = text.rpartition("</think>")[2]
    yield from (text.strip(), text.lstrip(), text.rstrip(), text.strip("\n"), text.lstrip("\n"))
    yield from (answer, answer.strip(), answer.lstrip("\n"), answer.strip("\n"))


def _broken(message: Message, typed: Sequence[str]) -> Message:
    content, reasoning = message.content, message.reasoning
    for spelling in typed:
        broken = spelling[:1] + _JOINER + spelling[1:]
        content, reasoning = content.replace(spelling, broken), reasoning.replace(spelling, broken)
    return replace(message, content=content, reasoning=reasoning)
