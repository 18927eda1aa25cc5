"""The command line: the same core without a window."""

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

from desktop import __version__
from desktop.cli.wording import error_sentence, text
from desktop.core.errors import AppError, ErrorCode

COMMANDS = ("ask", "chat", "models", "doctor", "prompt")
OK, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130


def wants_window(arguments: list[str]) -> bool:
    """Whether these are no command: nothing at all, or model files to open in the window."""
    return all(Path(a).suffix == ".gguf" and a not in COMMANDS for a in arguments)


def main(arguments: list[str]) -> int:
    """Run one command; return 0 done, 1 failed with a sentence, 2 misused, 130 interrupted."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except AppError as error:
        return _report(error, as_json=getattr(options, "json", False))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone: nothing more to say to anybody
        return FAILED
    except OSError as error:
        return _report(AppError(ErrorCode.INPUT_INVALID, detail=str(error)), as_json=False)


def _report(error: AppError, *, as_json: bool) -> int:
    sentence = error_sentence(error)
    if as_json:
        told = {"code": error.code, "message": sentence, **error.params}
        print(json.dumps({"error": told}, ensure_ascii=False))
    else:
        print(f"fireside: {sentence}", file=sys.stderr)
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fireside", description=text("about"))
    parser.add_argument("--version", action="version", version=f"Fireside {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in COMMANDS:
        module = import_module(f"desktop.cli.{name}")
        about = text(f"{name}_about")
        command = commands.add_parser(name, help=text(f"{name}_help"), description=about)
        command.set_defaults(run=getattr(module, "run", None))
        module.declare(command)
    return parser
