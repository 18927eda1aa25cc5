"""Leaving out the oldest turns when a conversation no longer fits the context."""

from collections.abc import Callable, Sequence

from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Message, Role
from desktop.engines.llama.prompt import Prompt

REPLY_SHARE = 4  # a prompt leaves one part in so many of the context for the reply …
REPLY_TOKENS = 512  # … but no more than these
_SAMPLE = 64 * 1024  # characters

Build = Callable[[Sequence[Message]], Prompt]
Count = Callable[[str], int]


def fitted(
    messages: Sequence[Message], context_length: int, *, build: Build, count: Count
) -> tuple[Prompt, int]:
    """Return the prompt of what fits, and how many messages were left out.

    Whole turns are left out, the oldest first, the system prompt never. They go in steps of half
    a context, so that the prompt does not begin differently with every turn, which would mean
    reading all of it again. Raises AppError PROMPT_TOO_LONG when the last message alone does not
    fit.
    """
    limit = context_length - min(REPLY_TOKENS, context_length // REPLY_SHARE)
    system = [m for m in messages[:1] if m.role is Role.SYSTEM]
    turns = list(messages[len(system) :])
    _refuse_hopeless([*system, turns[-1]], limit, count)
    sizes = [_size(m, limit, count) for m in turns]
    dropped = 0
    if sum(sizes) <= limit:
        prompt = build(messages)
        if len(prompt.tokens) <= limit:
            return prompt, 0
    around = _around_each(build, count)
    sizes = [size + around for size in sizes]
    step = max(limit // 2, 1)
    for threshold in range(step, sum(sizes) + step, step):
        begin = _boundary(turns, sizes, threshold)
        if begin == dropped:
            continue
        dropped = begin
        if sum(sizes[dropped:]) > limit:
            continue
        prompt = build([*system, *turns[dropped:]])
        if len(prompt.tokens) <= limit:
            return prompt, dropped
    prompt = build([*system, *turns[-1:]])
    if len(prompt.tokens) > limit:
        raise AppError(ErrorCode.PROMPT_TOO_LONG, tokens=len(prompt.tokens), limit=limit)
    return prompt, len(turns) - 1


def _boundary(turns: Sequence[Message], sizes: Sequence[int], threshold: int) -> int:
    """Return the first user's message before which at least `threshold` tokens lie."""
    passed = 0
    for i, (message, size) in enumerate(zip(turns, sizes, strict=True)):
        if passed >= threshold and message.role is Role.USER:
            return i
        passed += size
    return len(turns) - 1


def _around_each(build: Build, count: Count) -> int:
    """Return how many tokens the template puts around a message.

    It must not depend on the conversation: its turns are to be left out at the same places when
    it has grown.
    """
    asked, answered = Message(Role.USER, "x"), Message(Role.ASSISTANT, "x")
    two = len(build([asked, answered, asked]).tokens) - len(build([asked]).tokens)
    return max(0, -(-two // 2) - count("x"))


def _size(message: Message, limit: int, count: Count) -> int:
    """Return the tokens of a message, or at least more than `limit` when it is longer."""
    text = message.content
    tokens = 0
    for start in range(0, len(text), _SAMPLE):
        tokens += count(text[start : start + _SAMPLE])
        if tokens > 2 * limit:
            return tokens * len(text) // (start + _SAMPLE)
    return tokens


def _refuse_hopeless(messages: Sequence[Message], limit: int, count: Count) -> None:
    """Refuse without rendering and tokenizing megabytes."""
    tokens = sum(_size(m, limit, count) for m in messages)
    if tokens > 2 * limit:
        raise AppError(ErrorCode.PROMPT_TOO_LONG, tokens=tokens, limit=limit)
