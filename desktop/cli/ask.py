"""`fireside ask`: one question, one answer, nothing kept."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

from desktop.cli.parts import Parts, parts
from desktop.cli.terminal import piped_input, plain
from desktop.cli.wording import text
from desktop.core.cancel import CancelToken
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import Event, Finished, Reasoning, Text
from desktop.core.messages import Message, Role
from desktop.engines.base import ChatRequest

SILENT_PIPE_SECONDS = 1.0


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("question", nargs="*", help=text("question_help"))
    parser.add_argument("-m", "--model", metavar="FILE", help=text("model_help"))
    parser.add_argument("-s", "--system", metavar="TEXT", default="", help=text("system_help"))
    parser.add_argument("--json", action="store_true", help=text("json_help"))


def run(options: argparse.Namespace) -> int:
    """Answer the question; the answer streams unless it is wanted as JSON."""
    question = _question(options.question)
    with parts() as made:
        events = ask(made, question, model=options.model, system=options.system)
        if options.json:
            print(json.dumps(_collect(events), ensure_ascii=False))
        else:
            _stream(events)
    return 0


def ask(made: Parts, question: str, *, model: str | None, system: str = "") -> Iterator[Event]:
    """Yield the events of one answer; raises AppError PROMPT_EMPTY when nothing is asked."""
    if not question.strip():
        raise AppError(ErrorCode.PROMPT_EMPTY)
    messages = [Message(Role.USER, question)]
    system = system or str(made.settings.get("system_prompt"))
    if system.strip():
        messages.insert(0, Message(Role.SYSTEM, system))
    request = ChatRequest(
        model=made.model(model),
        messages=tuple(messages),
        sampling=made.sampling(),
        options=made.options(),
    )
    return made.engine.generate(request, CancelToken())


def _question(words: list[str]) -> str:
    """Join the words with standard input: all of it for `-` or no words, else what is there."""
    told = " ".join(word for word in words if word != "-")
    piped = piped_input(wait=SILENT_PIPE_SECONDS if told and "-" not in words else None)
    return "\n\n".join(part for part in (told, piped) if part)


def _stream(events: Iterator[Event]) -> None:
    for event in events:
        if isinstance(event, Text):
            sys.stdout.write(plain(event.piece))
            sys.stdout.flush()
    print()


def _collect(events: Iterator[Event]) -> dict[str, object]:
    answer, reasoning, told = list[str](), list[str](), dict[str, object]()
    for event in events:
        match event:
            case Text(piece):
                answer.append(piece)
            case Reasoning(piece):
                reasoning.append(piece)
            case Finished(reason, usage):
                told = {"reason": reason, "usage": asdict(usage)}
            case _:
                pass
    return {"answer": "".join(answer), "reasoning": "".join(reasoning), **told}
