"""The real window with the real engine, sending messages by itself until it is killed.

Run as a program: `python -m tests.faults.talking_window MODEL`. Each line of its output is one
JSON object: what a person at the screen has seen.
"""

import json
import sys
from contextlib import ExitStack
from pathlib import Path

from desktop.app import make_application, open_window
from desktop.chat.turn import Ended, Started, TurnEvent
from desktop.core.events import Text
from desktop.engines.local import LocalEngine
from desktop.ui.chat.page import ChatPage

QUESTION = "Please count as far as you can. ({})"


class Talk:
    """Sends the next message whenever the last one is answered."""

    def __init__(self, page: ChatPage, engine: LocalEngine) -> None:
        self._page, self._engine = page, engine
        self._sent = 0
        page._worker.events.connect(lambda _job, events: self._on_events(events))
        page.busy_changed.connect(lambda _chat, busy: None if busy else self.send())

    def send(self) -> None:
        self._sent += 1
        self._page.composer.submitted.emit(QUESTION.format(self._sent))

    def _on_events(self, events: list[TurnEvent]) -> None:
        for event in events:
            match event:
                case Started(chat, added):
                    ids = [node.id for node in added]
                    tell(chat=chat.id, nodes=ids, text=added[0].content, engine=self._engine.pid)
                case Text(piece):
                    tell(shown=piece, engine=self._engine.pid)
                case Ended(_, reply, error):
                    tell(ended=reply.id, state=reply.state, error=error and error.code)
                case _:
                    pass


def tell(**facts: object) -> None:
    """Print what was seen, at once."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def main(model: str) -> int:
    application = make_application()
    with ExitStack() as ending:
        engine = LocalEngine()
        window = open_window(application, ending, lambda: engine)
        page = window.findChild(ChatPage)
        assert page is not None
        page._session.choose_model(None, page._session.library.add(Path(model)).path)
        window.show()
        Talk(page, engine).send()
        return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
