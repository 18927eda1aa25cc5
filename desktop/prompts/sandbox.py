"""The one place where a chat template runs: sandboxed, counted, and limited in time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, cast

from jinja2 import nodes
from jinja2.exceptions import TemplateError
from jinja2.ext import Extension, LoopControlExtension
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner
from jinja2.visitor import NodeTransformer

from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Message, Role
from desktop.prompts import limits, operations
from desktop.prompts.guard import time_limit
from desktop.prompts.limits import METER, Meter
from desktop.prompts.shapes import Change, shapes

MAX_TEMPLATE = 256 * 1024  # characters; the longest known to us has 40 thousand
MAX_DETAIL = 300  # characters of an error that a template words itself


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt, and what was done to the messages so that the template takes them."""

    text: str
    changes: tuple[Change, ...] = ()


class Refusal(TemplateError):
    """What a template raises about its messages by `raise_exception`."""


def render(
    template: str,
    messages: Sequence[Message],
    *,
    bos_token: str,
    eos_token: str,
    now: datetime | None = None,
    add_generation_prompt: bool = True,
    **extra: object,
) -> str:
    """Return the text that a model reads for `messages`, as apply_chat_template would make it.

    `extra` are further variables (`enable_thinking`, `tools`…). What a template may not do, and
    what becomes of messages that it refuses: see `rendered`.
    AppError TEMPLATE_FAILED (with the reason), TEMPLATE_TOO_SLOW.
    """
    variables = extra | {
        "bos_token": bos_token,
        "eos_token": eos_token,
        "add_generation_prompt": add_generation_prompt,
        "strftime_now": _clock(now),
    }
    return rendered(template, messages, variables).text


def rendered(
    template: str,
    messages: Sequence[Message],
    variables: Mapping[str, object],
    *,
    seconds: float = limits.SECONDS,
    steps: int = limits.MAX_STEPS,
) -> Rendered:
    """Render whatever the template tries, with no more than `seconds` of processor time.

    A template that refuses or leaves out a system message gets it at the head of the first user
    message; one that demands turns in alternation gets neighbours of the same role as one message.
    AppError TEMPLATE_FAILED (with the reason), TEMPLATE_TOO_SLOW.
    """
    size = sum(len(m.content) + len(m.reasoning) for m in messages)
    earlier = METER.set(Meter(size=size, steps=steps))
    try:
        with time_limit(seconds):
            return _first_accepted(template, messages, variables)
    except AppError:
        raise
    except RecursionError as error:
        raise _failed("the template nests too deeply") from error
    except Exception as error:  # whatever a stranger's code raises
        raise _failed(f"{type(error).__name__}: {error}") from error
    finally:
        METER.reset(earlier)


def _first_accepted(
    template: str, messages: Sequence[Message], variables: Mapping[str, object]
) -> Rendered:
    """Try the messages as they are, then in the shapes that stricter templates accept.

    Some templates leave out the system message without a word: one that tells it is preferred.
    """
    compiled = _compiled(template)
    system = [m.content.strip() for m in messages if m.role == Role.SYSTEM]
    refusal: Refusal | None = None
    accepted: Rendered | None = None
    for shape in shapes(messages):
        try:
            text = compiled(messages=shape.messages, **variables)
        except Refusal as error:
            refusal = refusal or error
            continue
        accepted = accepted or Rendered(text, shape.changes)
        if all(words in text for words in system):
            return Rendered(text, shape.changes)
    if accepted is None:
        raise refusal or Refusal("there are no messages")
    return accepted


@lru_cache(maxsize=8)
def _compiled(template: str) -> Callable[..., str]:
    if len(template) > MAX_TEMPLATE:
        raise _failed("the template is too long")
    return _Sandbox().from_string(template).render


def _failed(detail: str) -> AppError:
    return AppError(ErrorCode.TEMPLATE_FAILED, detail=detail[:MAX_DETAIL])


def _clock(now: datetime | None) -> Callable[[str], str]:
    def strftime_now(form: str) -> str:
        if len(form) > 100:
            raise limits.too_large("a text")
        return (now or datetime.now().astimezone()).strftime(form)

    return strftime_now


def _raise_exception(message: object) -> None:
    raise Refusal(str(message)[:MAX_DETAIL])


class _GenerationExtension(Extension):
    """`{% generation %}`, which marks the assistant's text for training; here it only scopes."""

    tags = {"generation"}  # noqa: RUF012  (Jinja's own name and type)

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.Scope(body, lineno=line)


class _Counting(NodeTransformer):
    """Leads every loop, concatenation, literal and slice of a template past the meter."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.iter = _filtered(cast("nodes.Expr", node.iter), "turns of a loop")
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), "joined texts")

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, "new value") if isinstance(node.arg, nodes.Slice) else node

    def visit_List(self, node: nodes.Literal) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, "new value")

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802
        return self.visit_List(node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        return node if node.ctx == "store" else self.visit_List(node)


def _made(value: object) -> object:
    return METER.get().made(value)


def _filtered(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja as transformers sets it up, without what chat templates have no use for."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[_GenerationExtension, LoopControlExtension],
        )
        self.filters: dict[str, Callable[..., Any]] = operations.filters() | {
            "turns of a loop": operations.counted,
            "joined texts": operations.concatenated,
            "new value": _made,
        }
        self.globals = {
            "range": self.globals["range"],
            "dict": dict,
            "namespace": operations.Notes,
            "cycler": Cycler,
            "joiner": Joiner,
            "raise_exception": _raise_exception,
        }
        self.binop_table |= {
            "+": limits.added,
            "*": limits.multiplied,
            "**": limits.powered,
            "%": operations.formatted,
        }

    @staticmethod
    def concat(pieces: Iterator[str]) -> str:  # type: ignore[override]
        """Join the output of the template or of one macro."""
        return METER.get().joined(pieces)

    def call(__self, __context: Context, __obj: object, *args: object, **kwargs: object) -> object:  # type: ignore[override]  # noqa: N805
        """Call what a template names, if it may."""
        return operations.called(partial(super().call, __context), __obj, *args, **kwargs)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _Counting().visit(super()._parse(source, name, filename))
