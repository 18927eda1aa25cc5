"""The heights of all rows, with sums in logarithmic time; no Qt."""

from collections.abc import Iterable

from desktop.ui.chat.chat_style import ChatStyle


class Heights:
    """A Fenwick tree over row heights in pixels (P. Fenwick, 1994)."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._heights = list(heights)
        self._tree = [0, *self._heights]
        for i in range(1, len(self._tree)):
            above = i + (i & -i)
            if above < len(self._tree):
                self._tree[above] += self._tree[i]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, row: int) -> int:
        return self._heights[row]

    @property
    def total(self) -> int:
        """The height of all rows."""
        return self.top(len(self._heights))

    def top(self, row: int) -> int:
        """Return the height of all rows before `row`."""
        total = 0
        while row > 0:
            total += self._tree[row]
            row &= row - 1
        return total

    def set(self, row: int, height: int) -> None:
        """Change the height of one row."""
        change = height - self._heights[row]
        if not change:
            return
        self._heights[row] = height
        i = row + 1
        while i < len(self._tree):
            self._tree[i] += change
            i += i & -i

    def append(self, height: int) -> None:
        """Add a row at the end."""
        self._heights.append(height)
        i = len(self._tree)
        below, total = i - 1, height
        while below > i - (i & -i):
            total += self._tree[below]
            below &= below - 1
        self._tree.append(total)

    def row_at(self, y: int) -> int:
        """Return the row that holds the pixel `y`; the first or last one outside."""
        row, step = 0, 1 << max(len(self._heights).bit_length() - 1, 0)
        while step:
            upper = row + step
            if upper <= len(self._heights) and self._tree[upper] <= y:
                y -= self._tree[upper]
                row = upper
            step >>= 1
        return min(row, max(len(self._heights) - 1, 0))


def estimated_height(text: str, width: int, style: ChatStyle) -> int:
    """Return about how tall prose is; wide characters count twice."""
    columns = max(width * 2 // style.em, 10)
    size = len(text) if text.isascii() else len(text.encode()) * 3 // 4
    lines = size // columns + text.count("\n") * 3 // 4 + 1
    return lines * style.line
