"""Cuts growing Markdown, line by line, into chunks that what comes later cannot change.

Where CommonMark leaves a doubt the cut is not made, so each chunk can be parsed alone. The cuts
depend on the text only, never on the pieces in which it arrives.
"""

import re

from desktop.render.blocks import Chunk, CodeBlock, Prose

# Sizes are characters. A chunk is laid out as a whole while it grows: these bound that work.
LONGEST_LINE = 4_000
LONGEST_LIST = 3_000
LONGEST_TABLE = 4_000
LONGEST_CHUNK = 8_000
LONGEST_REFERENCES = 4_000

_FENCE = re.compile(r"^( {0,3})(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.{0,200})$")
_MARKER = re.compile(r"^( {0,3})([-+*]|(\d{1,9})([.)]))(?=[ \t]+\S)")
_BARE_MARKER = re.compile(r"^ {0,3}([-+*]|\d{1,9}[.)])[ \t]*$")
_HEADING = re.compile(r"^ ?#{1,6}([ \t]|$)")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\[^][^\]\[]*\]:[ \t]*\S")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-*:?[ \t]*)+$")
# The beginning of something that is not what it will be: shown only when more has come.
_UNDECIDED = re.compile(r"^ {0,3}(-+|=+|\*+|\++|_+|\d{1,9}[.)]?|#+|`+.*|~+.*|>|\|)[ \t]*$")


class Splitter:
    """Feed it pieces; it returns chunks as they are settled and keeps the open one."""

    def __init__(self) -> None:
        self._partial = ""  # of the current line
        self._mid_line = False  # the current line is long and its beginning already taken
        self._held = ""  # a carriage return whose line feed may still come
        self._references = ""
        self._fence: _Fence | None = None
        self._prose = _Prose()

    def feed(self, piece: str) -> list[Chunk]:
        """Add text and return the chunks that it settled."""
        piece = self._held + piece
        self._held = "\r" if piece.endswith("\r") else ""
        piece = piece[: len(piece) - len(self._held)].replace("\r\n", "\n").replace("\r", "\n")
        settled: list[Chunk] = []
        *lines, self._partial = (self._partial + piece).split("\n")
        for line in lines:
            rest = self._take_long(line, settled)
            self._take(rest, settled, ends=True)
        self._partial = self._take_long(self._partial, settled)
        return settled

    def finish(self) -> list[Chunk]:
        """Settle what is open and return it; nothing may be fed afterwards."""
        settled: list[Chunk] = []
        if self._held:
            settled += self.feed("\n")
        if self._partial:
            self._take(self._partial, settled, ends=True)
            self._partial = ""
        if self._fence:
            settled.append(self._fence.chunk(closed=False))
            self._fence = None
        self._settle(settled)
        return settled

    @property
    def tail(self) -> Chunk | None:
        """The open chunk as it can be shown now."""
        if self._fence:
            return self._fence.chunk(closed=False, partial=self._partial, begins=not self._mid_line)
        shown = self._partial
        if not self._mid_line and _UNDECIDED.match(shown):
            shown = ""
        source = self._prose.source + shown
        return self._chunk(source) if source.strip() else None

    def _take_long(self, line: str, settled: list[Chunk]) -> str:
        """Take off pieces of a line too long to be laid out at once; return its rest."""
        start = 0
        while len(line) - start > LONGEST_LINE:
            end = start + LONGEST_LINE
            cut = line.rfind(" ", end - 200, end) + 1 or end
            self._take(line[start:cut], settled, ends=False)
            start = cut
        return line[start:]

    def _take(self, text: str, settled: list[Chunk], *, ends: bool) -> None:
        """Take a line, or the beginning or continuation of a long one."""
        begins, self._mid_line = not self._mid_line, not ends
        if self._fence:
            if begins and ends and self._fence.is_closed_by(text):
                settled.append(self._fence.chunk(closed=True))
                self._fence = None
            else:
                self._fence.add(text, begins=begins)
            return
        opening = _FENCE.match(text) if begins and ends else None
        if opening and self._prose.allows_fence(opening):
            self._settle(settled)
            self._fence = _Fence(opening)
            return
        if begins and self._prose.ends_before(text):
            self._settle(settled, following=text)
        elif len(self._prose) + len(text) > self._prose.longest:
            self._settle(settled, carry=self._prose.table_head)
        if begins and ends:
            self._note_reference(text)
        self._prose.add(text, begins=begins, ends=ends)

    def _note_reference(self, line: str) -> None:
        """Keep a link definition for the chunks after this one."""
        if _REFERENCE.match(line) and self._prose.allows_reference:
            if len(self._references) + len(line) < LONGEST_REFERENCES:
                self._references += line + "\n"
            self._prose.only_references = True

    def _settle(self, settled: list[Chunk], *, following: str = "", carry: str = "") -> None:
        chunk = self._chunk(self._prose.source)
        if self._prose.source.strip():
            settled.append(chunk)
        self._prose = self._prose.successor(following, carry, self._references)

    def _chunk(self, source: str) -> Prose:
        return Prose(source.rstrip("\n"), self._prose.references, self._prose.numbering)


class _Fence:
    """An open code fence; its lines are kept as they come."""

    def __init__(self, opening: re.Match[str]) -> None:
        indent, self._marks, info = opening.groups()
        self._indent = len(indent)
        self._language = info.strip().split(" ")[0].split("{")[0]
        self._pieces: list[str] = []

    def is_closed_by(self, line: str) -> bool:
        bare = line.strip(" \t")
        indent = len(line) - len(line.lstrip(" "))
        return indent <= 3 and len(bare) >= len(self._marks) and not bare.strip(self._marks[0])

    def add(self, text: str, *, begins: bool) -> None:
        self._pieces.append(self._joined(text, begins=begins))

    def chunk(self, *, closed: bool, partial: str = "", begins: bool = True) -> CodeBlock:
        code = "".join(self._pieces)
        if partial and not (begins and self._may_close(partial)):
            code += self._joined(partial, begins=begins)
        return CodeBlock(self._language, code, closed)

    def _joined(self, text: str, *, begins: bool) -> str:
        if not begins:
            return text
        spaces = len(text) - len(text.lstrip(" "))
        line = text[min(spaces, self._indent) :]
        return "\n" + line if self._pieces else line

    def _may_close(self, partial: str) -> bool:
        return len(partial) < 80 and not partial.strip(" \t").strip(self._marks[0])


class _Prose:
    """The open stretch of prose and what must be known of it to find its end."""

    def __init__(self, references: str = "", numbering: int = 0, carry: str = "") -> None:
        self.references = references
        self.numbering = numbering
        self.only_references = False
        self._text = [carry] if carry else []
        self._length = len(carry)
        self._blank = False  # the last line is blank
        self._heading = False  # it is one heading so far
        self._in_list = False
        self._in_code = False  # it begins with indented code
        self._head = carry.splitlines(keepends=True)  # the first two lines
        self._delimiter = ""  # of the list at the margin
        self._next_number = 0

    def __len__(self) -> int:
        return self._length

    @property
    def source(self) -> str:
        return "".join(self._text)

    @property
    def table_head(self) -> str:
        """The lines to repeat when a long table is cut."""
        is_table = len(self._head) == 2 and "|" in self._head[0] and not self._blank
        return "".join(self._head) if is_table and _TABLE_RULE.match(self._head[1]) else ""

    @property
    def longest(self) -> int:
        """How long it may get."""
        return LONGEST_TABLE if self.table_head else LONGEST_CHUNK

    @property
    def allows_reference(self) -> bool:
        return not self._text or self.only_references or self._blank

    def allows_fence(self, opening: re.Match[str]) -> bool:
        """Whether a fence here is at the margin, not inside a list item."""
        return not self._in_list or len(opening[1]) < 2

    def ends_before(self, line: str) -> bool:
        """Whether `line` certainly begins another block at the margin."""
        if not self._text or not line.strip():
            return False
        if self._heading or _HEADING.match(line):
            return True
        indent = _indent(line)
        if self._in_list:
            if _MARKER.match(line) or _BARE_MARKER.match(line):
                return self._is_sibling(line) and self._length > LONGEST_LIST
            return self._blank and indent < 2
        return self._blank and not (self._in_code and indent >= 4)

    def add(self, text: str, *, begins: bool, ends: bool) -> None:
        """Append a line or a part of one."""
        if begins and not text.strip():
            self._blank = True
            if self._text:
                self._append("\n")
            return
        if begins:
            self._look_at(text)
        self._append(text + "\n" if ends else text)
        if begins and len(self._head) < 2:
            self._head.append(self._text[-1])

    def successor(self, following: str, carry: str, references: str) -> "_Prose":
        """Return the empty prose after this one; a list goes on with its numbers."""
        goes_on = self._next_number and self._is_sibling(following)
        return _Prose(references, self._next_number if goes_on else 0, carry)

    def _append(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)

    def _look_at(self, line: str) -> None:
        self._blank = False
        self._heading = not self._text and bool(_HEADING.match(line))
        self._in_code = self._in_code or (not self._text and _indent(line) >= 4)
        marker = _MARKER.match(line)
        if marker or _BARE_MARKER.match(line):
            self._in_list = True
        if not marker or len(marker[1]) > 1:
            return
        number = int(marker[3]) if marker[3] else 0
        if self._is_sibling(line):
            self._next_number += 1 if marker[3] else 0
        else:
            first = self.numbering if self.numbering and not self._delimiter else number
            self._next_number = first + 1 if marker[3] else 0
        self._delimiter = marker[4] or marker[2]

    def _is_sibling(self, line: str) -> bool:
        """Whether `line` is the next item of the list at the margin."""
        marker = _MARKER.match(line)
        return bool(marker and len(marker[1]) < 2 and (marker[4] or marker[2]) == self._delimiter)


def _indent(line: str) -> int:
    """Columns of white space before the text; a tab goes to the next multiple of four."""
    columns = 0
    for character in line:
        if character == "\t":
            columns += 4 - columns % 4
        elif character == " ":
            columns += 1
        else:
            break
    return columns
