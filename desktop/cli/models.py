"""`fireside models`: the models that Fireside knows."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from desktop.cli.parts import parts
from desktop.cli.terminal import plain
from desktop.cli.wording import text
from desktop.library.installed import InstalledModel


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can do."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    shown = actions.add_parser("list", help=text("models_list_help"))
    shown.set_defaults(run=show)
    added = actions.add_parser("add", help=text("models_add_help"))
    added.add_argument("files", nargs="+", type=Path, metavar="FILE")
    added.set_defaults(run=add)
    removed = actions.add_parser("remove", help=text("models_remove_help"))
    removed.add_argument("model", metavar="NAME|FILE")
    removed.set_defaults(run=remove)
    for action in (shown, added, removed):
        action.add_argument("--json", action="store_true", help=text("json_help"))


def show(options: argparse.Namespace) -> int:
    """List every model, the built-in guide first."""
    with parts() as made:
        models = made.library.models()
    if options.json:
        print(json.dumps([asdict(model) for model in models], ensure_ascii=False))
    else:
        print(*map(_line, models), sep="\n")
    return 0


def add(options: argparse.Namespace) -> int:
    """Link model files where they are."""
    with parts() as made:
        models = [made.library.add(file) for file in options.files]
    if options.json:
        print(json.dumps([asdict(model) for model in models], ensure_ascii=False))
    else:
        print(*(text("added", model=_line(model)) for model in models), sep="\n")
    return 0


def remove(options: argparse.Namespace) -> int:
    """Forget a model; its file stays."""
    with parts() as made:
        model = made.library.find(options.model)
        made.library.remove(model.path)
    if options.json:
        print(json.dumps(asdict(model), ensure_ascii=False))
    else:
        print(text("removed", name=plain(model.name), path=plain(model.path)))
    return 0


def _line(model: InstalledModel) -> str:
    size = f"{model.size / 1e9:.2f} GB" if model.size >= 1e9 else f"{model.size / 1e6:.0f} MB"
    state = text("missing") if model.missing else text("built_in") if model.builtin else model.path
    return plain(f"{model.name}  {model.quantization}  {size}  {state}")
