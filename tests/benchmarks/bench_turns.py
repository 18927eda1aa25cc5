"""How many tokens each turn of a growing chat evaluates, beyond those that are new."""

from collections.abc import Iterator
from pathlib import Path

from desktop.core.messages import Message, Role
from tests.benchmarks.places import STARTER
from tests.benchmarks.rivals import Ours, ours, user
from tests.benchmarks.scale import Scale
from tests.benchmarks.shapes import ALMOST_NOTHING, model_file
from tests.benchmarks.table import NOTHING, Limit, Row

BUDGET = Limit(value=1, unit="beyond the new ones")
CONTEXT, ANSWER = 1_024, 48  # tokens
QUESTIONS = (
    "Where are my chats stored?",
    "我的聊天保存在哪里？",
    "Which model fits 8 GB of memory?",
    "Why is it slow?",
    "谢谢！",
    "How do I add a model?",
)


def rows(_scale: Scale, _threads: int) -> Iterator[Row]:
    """Count on the starter model, whose tokenizer is a real one, and on a made-up model."""
    for model in (STARTER, model_file(ALMOST_NOTHING)):
        if model.exists():
            yield _row(model)


def _row(model: Path) -> Row:
    with ours(model, context=CONTEXT, threads=1) as engine:
        beyond, again = _chat(engine)
    return Row(
        f"tokens evaluated on turns 2–{len(QUESTIONS)}, {model.stem}",
        f"at most {max(beyond)} beyond the new ones",
        f"reading everything again: {again} in all",
        NOTHING,
        str(BUDGET),
        BUDGET.judge_one(max(beyond)),
    )


def _chat(engine: Ours) -> tuple[list[int], int]:
    """Return what each turn evaluated beyond its new tokens, and the length of all prompts."""
    messages: list[Message] = []
    beyond: list[int] = []
    again = known = 0
    for question in QUESTIONS:
        messages.append(user(question))
        reply = engine.answer(messages, tokens=ANSWER)
        messages.append(Message(Role.ASSISTANT, reply.text))
        usage = reply.usage
        beyond.append(reply.evaluated - (usage.prompt_tokens - known))
        again += usage.prompt_tokens
        known = usage.prompt_tokens + usage.completion_tokens
    return beyond[1:], again
