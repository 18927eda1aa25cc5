"""The door to llama.cpp: its low-level bindings, its processor kernels, its log and its aborts."""

import ctypes
import importlib.machinery
import importlib.util
import os
import sys
from collections import deque
from pathlib import Path
from types import ModuleType

# gcc 12 drops the stores of the AMX tile configuration, and the first quantized product crashes
# (llama.cpp PR 26954). https://github.com/ggml-org/llama.cpp/pull/26954
MISCOMPILED = "sapphirerapids"

_SUFFIXES = frozenset({".so", ".dll", ".dylib"})
_LOG_LINES = 20
_ERROR_LEVEL = 4  # GGML_LOG_LEVEL_ERROR


def _low_level() -> ModuleType:
    """Import llama_cpp.llama_cpp alone.

    The package's own `__init__` brings numpy, diskcache (which unpickles) and sqlite3 with it,
    none of which belongs into this process.
    """
    if "llama_cpp" not in sys.modules:
        spec = importlib.util.find_spec("llama_cpp")
        if spec is None or spec.submodule_search_locations is None:
            raise ImportError("llama-cpp-python is not installed")
        bare = ModuleType("llama_cpp")
        bare.__path__ = list(spec.submodule_search_locations)
        bare.__spec__ = importlib.machinery.ModuleSpec("llama_cpp", None, is_package=True)
        sys.modules["llama_cpp"] = bare
    import llama_cpp.llama_cpp as low  # noqa: PLC0415 — only after the lines above

    return low


api = _low_level()
_ggml = api._lib  # noqa: SLF001 — libllama finds the functions of libggml, in its one instance
LIBRARIES = Path(api._base_path)  # noqa: SLF001

_ggml.ggml_backend_load.argtypes = [ctypes.c_char_p]
_ggml.ggml_backend_load.restype = ctypes.c_void_p

_ABORTED = ctypes.CFUNCTYPE(None, ctypes.c_char_p)
_log: deque[str] = deque(maxlen=_LOG_LINES)


def load_kernels() -> str:
    """Load the fastest kernels that this processor can run; return their file name.

    Only the package's own folder is looked into. "" means that they are part of libggml, or (when
    no model can be loaded) that there are none.
    """
    api.llama_backend_init()
    variants = [p for p in LIBRARIES.glob("*ggml-cpu[-.]*") if p.suffix in _SUFFIXES]
    scores = {path: _score(path) for path in variants if MISCOMPILED not in path.name}
    best = max(scores, key=lambda path: scores[path], default=None)
    if best is None or not scores[best]:
        return ""
    return best.name if _ggml.ggml_backend_load(os.fsencode(best)) else ""


def last_error() -> str:
    """Return the last lines that llama.cpp logged as errors."""
    return " ".join(_log)


def forget_errors() -> None:
    """Start a new account of errors."""
    _log.clear()


def version() -> str:
    """Return llama.cpp's version."""
    return bytes(api.llama_version()).decode("utf-8", "replace")


def features() -> str:
    """Return what the loaded kernels use of the processor, as llama.cpp lists it."""
    return bytes(api.llama_print_system_info()).decode("utf-8", "replace")


def _score(path: Path) -> int:
    """Return how well a kernel library fits this processor; 0 for one that cannot run on it.

    One that does not say is made for every processor, and goes after all that do.
    """
    try:
        library = ctypes.CDLL(str(path))
    except OSError:
        return 0
    says = getattr(library, "ggml_backend_score", None)
    score = int(says()) if says else 1
    if os.name == "posix":
        import _ctypes  # noqa: PLC0415

        _ctypes.dlclose(library._handle)  # noqa: SLF001 — the losers need not stay mapped
    return score


def _on_log(level: int, text: bytes, _data: object) -> None:
    if level == _ERROR_LEVEL and (line := text.decode("utf-8", "replace").strip()):
        _log.append(line)
        _tell(line)


def _on_abort(message: bytes) -> None:
    _tell(message.decode("utf-8", "replace"))


def _tell(line: str) -> None:
    """Write to the standard error, which the window's process keeps the end of."""
    os.write(2, (line + "\n").encode("utf-8", "replace"))


# llama.cpp keeps these pointers: they must outlive every call.
_LOG_CALLBACK = api.llama_log_callback(_on_log)
_ABORT_CALLBACK = _ABORTED(_on_abort)
api.llama_log_set(_LOG_CALLBACK, None)
_ggml.ggml_set_abort_callback.argtypes = [_ABORTED]
_ggml.ggml_set_abort_callback.restype = ctypes.c_void_p
_ggml.ggml_set_abort_callback(_ABORT_CALLBACK)
