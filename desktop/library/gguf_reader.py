"""Reading GGUF's bytes: bounded by the file's size, whatever the file claims."""

import struct
from io import FileIO

from desktop.library.gguf_tables import ARRAY, STRING, VALUE_CODES, VALUE_SIZES

Scalar = bool | int | float | str

WINDOW = 2**20
MAX_KEPT = 64 * 2**20
"""Bytes of all texts kept from a header; a chat template has some kilobytes."""
MAX_STRINGS = 4_000_000
"""The largest vocabularies have 262,144 tokens and about a million merges."""
KEPT_NUMBERS = 1_024
KEPT_STRINGS = 64

_LENGTH = struct.Struct("<Q")


class Malformed(Exception):
    """The bytes are no GGUF; the text says where."""


class CutShort(Exception):
    """The file ends before the header does."""


class ByteReader:
    """Little-endian values from a file, through a window of about a megabyte."""

    def __init__(self, file: FileIO, size: int) -> None:
        self._file = file
        self._size = size
        self._window = b""
        self._start = 0  # of the window in the file
        self._at = 0  # in the window
        self._kept = 0

    @property
    def position(self) -> int:
        """Where in the file the next value begins."""
        return self._start + self._at

    @property
    def remaining(self) -> int:
        """How many bytes the file has from here on."""
        return self._size - self.position

    def take(self, count: int) -> bytes:
        """Return the next `count` bytes; CutShort when the file has fewer."""
        if count > self.remaining:
            raise CutShort
        if self._at + count > len(self._window):
            self._refill(count)
        if self._at + count > len(self._window):
            raise CutShort  # the file shrank while it was read
        found = self._window[self._at : self._at + count]
        self._at += count
        return found

    def skip(self, count: int) -> None:
        """Go on after the next `count` bytes without reading them; CutShort."""
        if count > self.remaining:
            raise CutShort
        self._at += count
        if self._at > len(self._window):
            self._start, self._at, self._window = self.position, 0, b""

    def number(self, code: str) -> int:
        """Return one integer of a struct format letter."""
        return struct.unpack(f"<{code}", self.take(struct.calcsize(f"<{code}")))[0]

    def text(self) -> str:
        """Return one string; bytes that are not UTF-8 become replacement characters."""
        return self.raw_text().decode("utf-8", "replace")

    def raw_text(self) -> bytes:
        """Return the bytes of one string."""
        length = self.number("Q")
        self._kept += length
        if self._kept > MAX_KEPT:
            raise Malformed("too much text")
        return self.take(length)

    def scalar(self, kind: int) -> Scalar:
        """Return one value of a value type that is no array."""
        if kind == STRING:
            return self.text()
        if kind not in VALUE_SIZES:
            raise Malformed(f"unknown value type {kind}")
        return struct.unpack(f"<{VALUE_CODES[kind]}", self.take(VALUE_SIZES[kind]))[0]

    def array(self) -> tuple[int, tuple[Scalar, ...] | None, int]:
        """Read an array: (elements, content if it is small, position of the first element)."""
        kind, count = self.number("I"), self.number("Q")
        start = self.position
        if kind == ARRAY or (kind != STRING and kind not in VALUE_SIZES):
            raise Malformed(f"unknown element type {kind}")
        if count * (VALUE_SIZES[kind] if kind != STRING else _LENGTH.size) > self.remaining:
            raise Malformed("an array is longer than the file")
        if kind == STRING:
            if count > MAX_STRINGS:
                raise Malformed("an array has too many strings")
            if count > KEPT_STRINGS:
                self.skip_strings(count)
                return count, None, start
        elif count > KEPT_NUMBERS:
            self.skip(count * VALUE_SIZES[kind])
            return count, None, start
        return count, tuple(self.scalar(kind) for _ in range(count)), start

    def skip_strings(self, count: int) -> None:
        """Go on after `count` strings; 150,000 take some 30 ms."""
        unpack = _LENGTH.unpack_from
        while count:
            window, at, last = self._window, self._at, len(self._window) - _LENGTH.size
            while count and at <= last:
                following = at + 8 + unpack(window, at)[0]
                if following > len(window):
                    break
                at = following
                count -= 1
            self._at = at
            if count:
                self._skip_string()
                count -= 1

    def _skip_string(self) -> None:
        length = self.number("Q")
        if length > self.remaining:
            raise Malformed("a string is longer than the file")
        self.skip(length)

    def _refill(self, count: int) -> None:
        self._start, self._at = self.position, 0
        self._file.seek(self._start)
        wanted = max(count, WINDOW)
        parts: list[bytes] = []
        while wanted > 0 and (part := self._file.read(wanted)):
            parts.append(part)
            wanted -= len(part)
        self._window = b"".join(parts)
