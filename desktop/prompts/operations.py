"""What a template may call: filters, methods and functions, each kept short and small."""

import functools
import json
import re
from collections.abc import Callable, Iterable
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.runtime import BlockReference, LoopContext, Macro, Undefined
from jinja2.utils import Cycler, Joiner, Namespace, pass_environment

from desktop.prompts.limits import MAX_WIDTH, METER, too_large


class Notes(Namespace):
    """Jinja's `namespace`, whose text does not repeat everything inside."""

    def __repr__(self) -> str:
        return "<namespace>"


# Left out: attr, random, pprint, xmlattr, urlize, striptags, wordwrap, filesizeformat. No chat
# template known to us uses them, and they are slow, unpredictable or a way to inner values.
_KEPT_FILTERS = """
    abs batch capitalize center count d default dictsort e escape first float forceescape format
    groupby indent int items last length list lower map max min reject rejectattr reverse round safe
    select selectattr slice sort string sum title trim truncate unique upper urlencode wordcount
"""
_STRING_METHODS = """
    capitalize casefold center count endswith expandtabs find format format_map index isalnum
    isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle
    isupper join ljust lower lstrip partition removeprefix removesuffix replace rfind rindex rjust
    rpartition rsplit rstrip split splitlines startswith strip swapcase title upper zfill
"""
_METHODS: dict[type, frozenset[str]] = {
    str: frozenset(_STRING_METHODS.split()),
    list: frozenset({"copy", "count", "index"}),
    tuple: frozenset({"count", "index"}),
    dict: frozenset({"copy", "get", "items", "keys", "values"}),
    Cycler: frozenset({"next", "reset"}),
    LoopContext: frozenset({"changed", "cycle"}),
}
_CALLABLE = (
    Macro,
    BlockReference,
    Joiner,
    Undefined,
    FunctionType,
)  # Undefined says what is missing
_CLASSES = (dict, Cycler, Joiner, Notes)
_PADDING = frozenset({"batch", "center", "indent", "ljust", "rjust", "round", "slice", "zfill"})
_WIDTHS = {  # of ten thousand characters, or taken from an argument
    "%": re.compile(r"%(\([^)]*\))?[^%a-zA-Z]*(\d{5}|\*)"),
    "{": re.compile(r"\{[^{}]*:[^{}]*(\d{5}|\{)"),
}


def filters() -> dict[str, Callable[..., object]]:
    """Return the filters that a template finds, by name."""
    kept: dict[str, Callable[..., object]] = {name: FILTERS[name] for name in _KEPT_FILTERS.split()}
    kept |= {"join": _join, "replace": _replace, "tojson": _tojson}
    return {name: _counted(name, function) for name, function in kept.items()}


def called(
    proceed: Callable[..., object], function: object, *args: object, **kwargs: object
) -> object:
    """Call what a template wants called, if that is allowed; SecurityError, AppError."""
    meter = METER.get()
    meter.step()
    method = getattr(function, "__wrapped__", function)  # Jinja wraps str.format
    if isinstance(method, BuiltinMethodType | MethodType) and not isinstance(function, type):
        _check_method(method.__self__, method.__name__, args, kwargs)
    elif isinstance(function, LoopContext):
        args = tuple(map(counted, args))
    elif not isinstance(function, _CALLABLE) and function not in _CLASSES:
        raise SecurityError(f"{type(function).__name__} is nothing to call")
    return meter.made(proceed(function, *args, **kwargs))


def counted(values: Any) -> Iterable[object]:
    """Return what a loop will run over, each turn counted."""
    meter = METER.get()
    if isinstance(values, str | list | tuple | dict | range):
        meter.step(len(values))
        return values
    return _counting(values)


def concatenated(values: Iterable[object]) -> str:
    """Return `a ~ b ~ c`."""
    return METER.get().joined(map(str, values))


def formatted(text: object, value: object) -> object:
    """Return `text % value`, for text and for numbers."""
    if isinstance(text, str):
        _check_format("%", text, (value,))
    return METER.get().made(text % value)  # type: ignore[operator]


def _counting(values: Iterable[object]) -> Iterable[object]:
    for value in values:
        METER.get().step()
        yield value


def _counted(name: str, function: Callable[..., object]) -> Callable[..., object]:
    """Return a filter that checks what it is asked for and counts what it makes."""

    @functools.wraps(function)  # carries over Jinja's marks for what is passed first
    def counted_filter(*args: object, **kwargs: object) -> object:
        METER.get().step()
        _check_arguments(name, args, kwargs)
        return METER.get().made(function(*args, **kwargs))

    return counted_filter


def _check_method(
    owner: object, name: str, args: tuple[object, ...], kwargs: dict[str, object]
) -> None:
    allowed = next((names for kind, names in _METHODS.items() if isinstance(owner, kind)), ())
    if name not in allowed:
        raise SecurityError(f"{type(owner).__name__}.{name} is nothing to call")
    if isinstance(owner, str):
        _check_arguments(name, (owner, *args), kwargs)


def _check_arguments(name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
    """Refuse what would make far more than is there; `args` starts with the value itself."""
    meter, value = METER.get(), args[0] if args else ""
    given = (*args[1:], *kwargs.values())
    if name in _PADDING and any(isinstance(v, int | float) and v > MAX_WIDTH for v in given):
        raise too_large("a width")
    if name == "sum" and any(isinstance(v, list | tuple) for v in (*args[3:], kwargs.get("start"))):
        raise too_large("a list")  # adding up lists takes the square of their number
    if not isinstance(value, str):
        return
    if name in {"format", "format_map"}:
        _check_format("%{", value, given)
    elif name == "replace":
        old, new = (str(v) for v in (*given, "", "")[:2])
        meter.text(len(value) + value.count(old) * len(new))
    elif name == "indent":
        widths = [len(v) if isinstance(v, str) else v for v in given if isinstance(v, int | str)]
        meter.text(len(value) + (value.count("\n") + 1) * max(0, *widths))
    elif name == "expandtabs":
        meter.text(
            len(value)
            + value.count("\t") * max((v for v in given if isinstance(v, int)), default=8)
        )
    elif name == "join":
        parts = given[0] if given and isinstance(given[0], list | tuple | dict | str) else ()
        meter.text(len(value) * len(parts))


def _check_format(marks: str, text: str, values: tuple[object, ...]) -> None:
    if any(_WIDTHS[mark].search(text) for mark in marks):
        raise too_large("a width")
    meter = METER.get()
    fields = max(text.count(mark) for mark in marks)
    meter.text(len(text) + fields * max(map(meter.weight, values), default=0))


@pass_environment
def _join(
    environment: object, value: Iterable[object], d: str = "", attribute: object = None
) -> str:
    if attribute is not None:
        value = map(make_attrgetter(environment, attribute), value)  # type: ignore[arg-type]
    return METER.get().joined(map(str, value), str(d))


def _replace(value: object, old: object, new: object, count: int = -1) -> str:
    text = str(value)
    METER.get().text(len(text) + text.count(str(old)) * len(str(new)))
    return text.replace(str(old), str(new), count)


def _tojson(
    value: object,
    ensure_ascii: bool = False,
    indent: int | str | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    """Return JSON as transformers' apply_chat_template writes it: nothing escaped for HTML."""
    if len(indent) > 16 if isinstance(indent, str) else (indent or 0) > 16:
        raise too_large("a width")
    return json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )
