"""One turn of a chat, from the person's action to the closed reply."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from desktop.chat.titles import title_from
from desktop.core.cancel import Cancelled, CancelToken
from desktop.core.conversation import Node, NodeState
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import Event, Finished, FinishReason, Reasoning, Text, Usage
from desktop.core.messages import Message, Role
from desktop.core.options import ModelOptions, Sampling
from desktop.engines.base import ChatRequest, Engine
from desktop.store.store import ChatRow, Store

log = logging.getLogger(__name__)

CHECKPOINT_SECONDS = 1.0  # at most this much text is lost when the program is killed


@dataclass(frozen=True, slots=True)
class Send:
    """A new message at the end of the path that is shown."""

    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A new version of a user's message, and an answer to it."""

    node_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Regenerate:
    """A new version of a reply."""

    node_id: int


@dataclass(frozen=True, slots=True)
class Continue:
    """More of a reply that ended early; one that has no text yet starts afresh."""

    node_id: int


Action = Send | Edit | Regenerate | Continue


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySetup:
    """What the settings say a reply depends on, taken when the turn begins."""

    model: str
    system_prompt: str = ""
    sampling: Sampling = field(default_factory=Sampling)
    options: ModelOptions = field(default_factory=ModelOptions)


@dataclass(frozen=True, slots=True)
class Started:
    """The turn is on disk: `added` are the new or reopened messages, the reply last."""

    chat: ChatRow
    added: tuple[Node, ...]

    @property
    def reply(self) -> Node:
        """The message that the answer is written into."""
        return self.added[-1]


@dataclass(frozen=True, slots=True)
class Ended:
    """The reply is closed; `error` is why, if it failed."""

    chat: ChatRow
    reply: Node
    error: AppError | None = None


TurnEvent = Started | Event | Ended


def run_turn(
    store: Store,
    engine: Engine,
    chat_id: int | None,
    action: Action,
    setup: ReplySetup,
    cancel: CancelToken,
) -> Iterator[TurnEvent]:
    """Write down what the person did, let the engine answer, and keep every word of it.

    Yields Started, the engine's events, and always Ended. Raises AppError only when the person's
    own message could not be written.
    """
    chat, added = _open(store, chat_id, action, setup)
    yield Started(chat, added)
    reply = _Reply(store, added[-1])
    error = None
    try:
        request = _request(store, chat.id, reply.node, setup)
        for event in engine.generate(request, cancel):
            reply.take(event)
            yield event
    except Cancelled:
        reply.state = NodeState.STOPPED
    except GeneratorExit:
        reply.state = NodeState.STOPPED
        reply.close()
        raise
    except AppError as trouble:
        error = trouble
    except Exception as bug:
        log.exception("a turn failed")
        error = AppError(ErrorCode.INTERNAL, detail=repr(bug))
    node, error = reply.close(error)
    yield Ended(store.chat(chat.id), node, error)


def _open(
    store: Store, chat_id: int | None, action: Action, setup: ReplySetup
) -> tuple[ChatRow, tuple[Node, ...]]:
    """Commit the person's message, then the reply as streaming."""
    if isinstance(action, Send | Edit) and not action.text.strip():
        raise AppError(ErrorCode.PROMPT_EMPTY)
    if chat_id is None:
        chat_id = store.create_chat().id
    conversation = store.conversation(chat_id)
    match action:
        case Continue(node_id):
            return store.chat(chat_id), (store.reopen(node_id),)
        case Regenerate(node_id):
            asked, parent = (), conversation.nodes[node_id].parent
        case Edit(node_id, text):
            above = conversation.nodes[node_id].parent
            asked = (store.add_message(chat_id, parent=above, role=Role.USER, content=text),)
            parent = asked[0].id
        case Send(text):
            above = conversation.leaf
            asked = (store.add_message(chat_id, parent=above, role=Role.USER, content=text),)
            parent = asked[0].id
    chat = store.chat(chat_id)
    if asked and not chat.title:
        chat = store.rename(chat_id, title_from(asked[0].content))
    reply = store.add_message(
        chat_id, parent=parent, role=Role.ASSISTANT, state=NodeState.STREAMING, model=setup.model
    )
    return chat, (*asked, reply)


def _request(store: Store, chat_id: int, reply: Node, setup: ReplySetup) -> ChatRequest:
    messages = store.conversation(chat_id).messages(reply.id)
    if not reply.content:
        messages.pop()
    if setup.system_prompt.strip():
        messages.insert(0, Message(Role.SYSTEM, setup.system_prompt))
    return ChatRequest(
        model=setup.model,
        messages=tuple(messages),
        sampling=setup.sampling,
        options=setup.options,
        conversation=str(chat_id),
    )


class _Reply:
    """The reply while it grows, written down about once a second."""

    def __init__(self, store: Store, node: Node) -> None:
        self.node = node
        self.state = NodeState.COMPLETE
        self._store = store
        self._text = [node.content]
        self._reasoning = [node.reasoning]
        self._usage: Usage | None = None
        self._written = time.monotonic()

    def take(self, event: Event) -> None:
        """Add what an event says to the reply."""
        match event:
            case Text(piece):
                self._text.append(piece)
            case Reasoning(piece):
                self._reasoning.append(piece)
            case Finished(reason, usage):
                self._usage = usage
                ended = reason is FinishReason.STOP
                self.state = NodeState.COMPLETE if ended else NodeState.LIMITED
            case _:
                return
        if time.monotonic() - self._written >= CHECKPOINT_SECONDS:
            self._store.checkpoint(self.node.id, "".join(self._text), "".join(self._reasoning))
            self._written = time.monotonic()

    def close(self, error: AppError | None = None) -> tuple[Node, AppError | None]:
        """Write the end; what cannot be written is still returned, with the error that says so."""
        closed = replace(
            self.node,
            content="".join(self._text),
            reasoning="".join(self._reasoning),
            state=NodeState.FAILED if error else self.state,
            usage=self._usage,
            error=error.to_json() if error else "",
        )
        try:
            node = self._store.finish(
                closed.id,
                content=closed.content,
                reasoning=closed.reasoning,
                state=closed.state,
                usage=closed.usage,
                error=closed.error,
            )
        except AppError as trouble:
            return replace(closed, state=NodeState.FAILED, error=trouble.to_json()), trouble
        return node, error
