"""The same conversation in the shapes that templates of different strictness accept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.core.messages import Message, Role

SEPARATOR = "\n\n"
"""Between texts that become one message, as Google's and Mistral's own code joins them."""


class Change(StrEnum):
    """What was done to the messages before they reached the template."""

    SYSTEM_MERGED = "system_merged"  # into the first user message
    NEIGHBOURS_MERGED = "neighbours_merged"  # messages of one role in a row


@dataclass(frozen=True, slots=True)
class Shape:
    """Messages as a template takes them."""

    messages: list[dict[str, str]]
    changes: tuple[Change, ...] = ()


def shapes(messages: Sequence[Message]) -> Iterator[Shape]:
    """Yield the conversation as it is, then changed as little as possible, each shape once."""
    merged, alternating = system_merged(messages), neighbours_merged(messages)
    both = neighbours_merged(merged)
    tried: list[Sequence[Message]] = []
    for candidate, changes in (
        (messages, ()),
        (merged, (Change.SYSTEM_MERGED,)),
        (alternating, (Change.NEIGHBOURS_MERGED,)),
        (both, (Change.SYSTEM_MERGED, Change.NEIGHBOURS_MERGED)),
    ):
        if list(candidate) not in tried:
            tried.append(list(candidate))
            yield Shape([_as_dict(message) for message in candidate], changes)


def system_merged(messages: Sequence[Message]) -> list[Message]:
    """Return the messages with all system texts at the head of the first user message."""
    texts = [m.content for m in messages if m.role == Role.SYSTEM]
    others = [m for m in messages if m.role != Role.SYSTEM]
    first = next((i for i, m in enumerate(others) if m.role == Role.USER), None)
    if not texts:
        return others
    if first is None:
        return [Message(Role.USER, SEPARATOR.join(texts)), *others]
    content = SEPARATOR.join([*texts, others[first].content])
    return [*others[:first], Message(Role.USER, content), *others[first + 1 :]]


def neighbours_merged(messages: Sequence[Message]) -> list[Message]:
    """Return the messages with neighbours of one role as one message."""
    found: list[Message] = []
    for message in messages:
        if found and found[-1].role == message.role:
            before = found.pop()
            message = Message(  # noqa: PLW2901
                message.role,
                before.content + SEPARATOR + message.content,
                (before.reasoning + SEPARATOR + message.reasoning).strip(),
            )
        found.append(message)
    return found


def _as_dict(message: Message) -> dict[str, str]:
    """Return what a template sees: plain values only, and no key without a value."""
    given = {"role": str(message.role), "content": message.content}
    if message.reasoning:
        given["reasoning_content"] = message.reasoning
    return given
