"""`fireside prompt`: the exact text that a model reads."""

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from desktop.cli.parts import parts
from desktop.cli.terminal import piped_input
from desktop.cli.wording import error_sentence, text
from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Message, Role
from desktop.engines.base import ChatRequest
from desktop.prompts.formats import FORMATS, find
from desktop.prompts.sandbox import render


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = "NAME: " + ", ".join(sorted(FORMATS))
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--model", metavar="FILE", help=text("model_help"))
    source.add_argument("--format", metavar="NAME", help=text("format_help"))
    source.add_argument("--template", metavar="FILE", type=Path, help=text("template_help"))
    source.add_argument("--jsonl", metavar="FILE", help=text("jsonl_help"))
    parser.add_argument("conversation", nargs="?", help=text("conversation_help"))
    parser.add_argument("--bos-token", default="", metavar="TEXT")
    parser.add_argument("--eos-token", default="", metavar="TEXT")


def run(options: argparse.Namespace) -> int:
    """Print one prompt, or one JSON answer for each line of JSON."""
    if options.jsonl is not None:
        for line in _read(options.jsonl).splitlines():
            if line.strip():
                print(json.dumps(_answer(line), ensure_ascii=False), flush=True)
        return 0
    value = _parsed(_read(options.conversation or "-"))
    given = {"messages": value} if isinstance(value, list) else dict(_mapping(value))
    if options.format or options.template:
        given["format"] = options.format
        given["template"] = options.template and options.template.read_text(encoding="utf-8")
        given["bos_token"], given["eos_token"] = options.bos_token, options.eos_token
        prompt = rendered(given)
    else:
        prompt = _read_by_model(options.model, _messages(given.get("messages")))
    sys.stdout.buffer.write(prompt.encode("utf-8"))
    sys.stdout.buffer.flush()
    return 0


def _answer(line: str) -> dict[str, str]:
    try:
        return {"prompt": rendered(_mapping(_parsed(line)))}
    except AppError as error:
        return {"error": error_sentence(error)}


def rendered(given: Mapping[str, object]) -> str:
    """Return the prompt for messages and a format or template, as the engine renders it."""
    template, name = given.get("template"), given.get("format")
    if isinstance(name, str):
        template = find(name).template
    if not isinstance(template, str):
        raise AppError(ErrorCode.INPUT_INVALID, detail="no format and no template")
    return render(
        template,
        _messages(given.get("messages")),
        bos_token=str(given.get("bos_token") or ""),
        eos_token=str(given.get("eos_token") or ""),
        now=_moment(given.get("now")),
    )


def _read_by_model(model: str | None, messages: tuple[Message, ...]) -> str:
    with parts() as made:
        return made.engine.prompt(
            ChatRequest(model=made.model(model), messages=messages, options=made.options())
        )


def _messages(value: object) -> tuple[Message, ...]:
    if not isinstance(value, list):
        raise AppError(ErrorCode.INPUT_INVALID, detail="the conversation is no list of messages")
    return tuple(_message(entry) for entry in value)


def _message(entry: object) -> Message:
    given = _mapping(entry)
    content = given.get("content")
    if given.get("role") not in set(Role) or not isinstance(content, str):
        raise AppError(
            ErrorCode.INPUT_INVALID,
            detail="a message needs content, and system, user or assistant as its role",
        )
    return Message(Role(str(given["role"])), content, str(given.get("reasoning_content") or ""))


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(str(value))
    except ValueError as error:
        raise AppError(ErrorCode.INPUT_INVALID, detail=str(error)) from error


def _parsed(source: str) -> object:
    try:
        return json.loads(source)
    except ValueError as error:
        raise AppError(ErrorCode.INPUT_INVALID, detail=f"this is not JSON: {error}") from error


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise AppError(ErrorCode.INPUT_INVALID, detail="a JSON object was expected")
    return value


def _read(name: str) -> str:
    if name == "-":
        return piped_input() or ""
    return Path(name).read_text(encoding="utf-8")
