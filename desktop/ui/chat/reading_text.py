"""What a person read, as plain text, out of the documents that show it."""

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

BETWEEN_BLOCKS = "\n\n"


def reading_text(document: QTextDocument, start: int, end: int) -> str:
    """Return the text between two positions, with list markers and tabs between cells."""
    lines: list[str] = []
    block = document.findBlock(start)
    last_row = None
    while block.isValid() and block.position() <= end:
        first = max(start - block.position(), 0)
        text = block.text()
        units = text if text.isascii() else None
        stop = end - block.position()
        part = units[first:stop] if units is not None else _cut(block, start, end)
        part = part.replace("\u2028", "\n").replace("\xa0", " ").replace("\ufffc", "")
        cell = _cell(block)
        if cell is not None and cell == last_row:
            lines[-1] += "\t" + part
        else:
            lines.append((_marker(block) if start <= block.position() else "") + part)
        last_row = cell
        block = block.next()
    # Qt keeps an empty line before and after a table.
    return "\n".join(lines).strip("\n")


def _cut(block: QTextBlock, start: int, end: int) -> str:
    cursor = QTextCursor(block)
    last = block.position() + block.length() - 1
    cursor.setPosition(max(start, block.position()))
    cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def _marker(block: QTextBlock) -> str:
    if not block.blockFormat().objectIndex() >= 0:
        return ""
    found = block.textList()
    depth = max(found.format().indent() - 1, 0)
    marker = found.itemText(block)
    return "  " * depth + (marker if marker[:1].isdigit() else "•") + " "


def _cell(block: QTextBlock) -> tuple[int, int] | None:
    """Return table and row of a block in a table."""
    cursor = QTextCursor(block)
    table = cursor.currentTable()
    return (table.objectIndex(), table.cellAt(cursor).row()) if table else None
