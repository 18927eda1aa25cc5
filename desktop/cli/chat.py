"""`fireside chat`: a conversation in the terminal, kept like any other."""

import argparse
import sys

from desktop.chat.turn import Ended, ReplySetup, Send, Started, run_turn
from desktop.cli.parts import Parts, parts
from desktop.cli.terminal import plain
from desktop.cli.wording import error_sentence, text
from desktop.core.cancel import CancelToken
from desktop.core.errors import AppError
from desktop.core.events import Text
from desktop.store.store import Store


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("-m", "--model", metavar="FILE", help=text("model_help"))


def run(options: argparse.Namespace) -> int:
    """Read questions until the end of input; Ctrl+C stops an answer, not the program."""
    with parts() as made, Store.open(made.paths.database) as store:
        setup = ReplySetup(
            model=made.model(options.model),
            system_prompt=str(made.settings.get("system_prompt")),
            sampling=made.sampling(),
            options=made.options(),
        )
        if sys.stdin.isatty():
            print(text("chat_hint"))
        chat_id = None
        while (question := _read()) is not None:
            if question.strip():
                chat_id = _answer(made, store, chat_id, question, setup)
    return 0


def _read() -> str | None:
    try:
        return input("> " if sys.stdin.isatty() else "")
    except EOFError:
        return None


def _answer(
    made: Parts, store: Store, chat_id: int | None, question: str, setup: ReplySetup
) -> int | None:
    cancel = CancelToken()
    events = run_turn(store, made.engine, chat_id, Send(question), setup, cancel)
    while True:
        try:
            for event in events:
                match event:
                    case Started(chat):
                        chat_id = chat.id
                    case Text(piece):
                        print(plain(piece), end="", flush=True)
                    case Ended(_, _, AppError() as error):
                        print(f"\nfireside: {error_sentence(error)}", file=sys.stderr, end="")
                    case _:
                        pass
            break
        except KeyboardInterrupt:
            cancel.cancel()
    print("\n")
    return chat_id
