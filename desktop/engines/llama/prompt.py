"""From messages to the exact text and tokens that the model reads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Message, Role
from desktop.engines.llama.literal import Located, locate, special_spellings
from desktop.engines.llama.model import Model
from desktop.engines.llama.thinking import CLOSE, OPEN
from desktop.engines.llama.tokens import prompt_tokens
from desktop.prompts.formats import ChatFormat, choose
from desktop.prompts.sandbox import render

_TEMPLATE_TROUBLE = frozenset({ErrorCode.TEMPLATE_FAILED, ErrorCode.TEMPLATE_TOO_SLOW})


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model reads. `replaced` is the format used instead of the file's own template."""

    text: str
    tokens: tuple[int, ...]
    thinking: bool  # the reply begins inside <think>
    stop: tuple[str, ...]
    replaced: str = ""


class Prompter:
    """Builds prompts for one model."""

    def __init__(self, model: Model) -> None:
        self._vocabulary = vocabulary = model.vocabulary
        self._template = model.template
        self._architecture = model.text("general.architecture")
        self._name = model.text("general.name")
        self._bos, self._eos = vocabulary.text(vocabulary.bos), vocabulary.text(vocabulary.eos)
        self._markers = lru_cache(4)(vocabulary.markers)

    def format(self, chosen: str, *, own_template: bool = True) -> ChatFormat:
        """Return the chat format; `chosen` is a name that goes before the file's own template."""
        template = self._template if own_template else None
        return choose(template, self._architecture, self._name, chosen)

    def build(self, messages: Sequence[Message], chosen: str) -> Prompt:
        """Return the prompt; a template of the file that fails gives way to its family's format.

        Raises AppError FORMAT_UNKNOWN, TEMPLATE_FAILED, TEMPLATE_TOO_SLOW.
        """
        try:
            return self._build(messages, self.format(chosen))
        except AppError as error:
            if chosen or self._template is None or error.code not in _TEMPLATE_TROUBLE:
                raise
        fallback = self.format("", own_template=False)
        return replace(self._build(messages, fallback), replaced=fallback.name)

    def _build(self, messages: Sequence[Message], chat_format: ChatFormat) -> Prompt:
        markers = self._markers(chat_format.template)
        asked, open_reply = _split(messages)

        def rendered(some: Sequence[Message]) -> str:
            return render(chat_format.template, some, bos_token=self._bos, eos_token=self._eos)

        located = locate(rendered, asked, special_spellings(asked, tuple(markers)))
        thinking = located.text.rstrip().endswith(OPEN)
        if open_reply is not None:
            located, thinking = _continued(located, open_reply, thinking=thinking)
        tokens = prompt_tokens(located, self._vocabulary, markers, bos=chat_format.bos)
        return Prompt(located.text, tuple(tokens), thinking, chat_format.stop)


def _split(messages: Sequence[Message]) -> tuple[Sequence[Message], Message | None]:
    """Return the messages to answer, and the reply to continue if the last one is one."""
    if len(messages) > 1 and messages[-1].role is Role.ASSISTANT:
        return messages[:-1], messages[-1]
    return messages, None


def _continued(located: Located, reply: Message, *, thinking: bool) -> tuple[Located, bool]:
    """Append a reply as the model had written it so far; return whether it is still thinking."""
    text, spans = located.text, list(located.spans)

    def say(words: str) -> None:
        nonlocal text
        if words:
            spans.append((len(text), len(text) + len(words)))
            text += words

    if reply.reasoning:
        text += "" if thinking else f"{OPEN}\n"
        thinking = True
        say(reply.reasoning)
    if reply.content:
        text += f"\n{CLOSE}\n\n" if thinking else ""
        thinking = False
        say(reply.content)
    return Located(text, tuple(spans)), thinking
