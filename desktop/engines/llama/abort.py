"""A flag that stops llama.cpp in the middle of its work, without asking Python."""

import ctypes
import sys
from typing import Any


class AbortFlag:
    """Set from any thread; llama.cpp asks it between two operations of a graph.

    Its callback is the C library's `strlen` over these two bytes: 0 ("go on") for the empty string
    and 1 ("stop") for "x". So a thread that computes never waits for Python's lock.
    """

    def __init__(self) -> None:
        self.data = ctypes.create_string_buffer(2)
        library = ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)
        self._strlen = library.strlen

    def set(self) -> None:
        """Ask for the end."""
        self.data[0] = b"x"

    def clear(self) -> None:
        """Take the request back, before new work."""
        self.data[0] = b"\0"

    @property
    def is_set(self) -> bool:
        """Whether the work shall end."""
        return self.data[0] != b"\0"

    def attach(self, api: Any, context: Any) -> None:
        """Let a llama.cpp context ask this flag."""
        callback = ctypes.cast(self._strlen, api.ggml_abort_callback)
        api.llama_set_abort_callback(context, callback, ctypes.addressof(self.data))
