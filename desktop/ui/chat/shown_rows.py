"""The messages of the transcript and what of each is shown: text that grows, thoughts unfolded."""

from collections.abc import Sequence

from desktop.ui.chat.message_row import MessageRow
from desktop.ui.chat.row_content import (
    BEGINNING,
    LiveReply,
    RowContent,
    beginning_of,
    content_of,
    is_long,
)


class ShownRows:
    """Rows by number. At most one of them is `live`: its text is still arriving."""

    def __init__(self) -> None:
        self._rows: list[MessageRow] = []
        self._numbers: dict[int, int] = {}  # by node
        self._unfolded: set[int] = set()
        self._whole: set[int] = set()
        self._seconds: dict[int, float] = {}
        self.live: LiveReply | None = None
        self.live_row = -1

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: int) -> MessageRow:
        return self._rows[row]

    def __setitem__(self, row: int, shown: MessageRow) -> None:
        self._rows[row] = shown
        self._numbers[shown.node.id] = row

    @property
    def all(self) -> Sequence[MessageRow]:
        """Every row, from the top."""
        return self._rows

    def reset(self, rows: Sequence[MessageRow]) -> None:
        """Take other messages; nothing is live."""
        self._rows = list(rows)
        self._numbers = {row.node.id: number for number, row in enumerate(self._rows)}
        self.live, self.live_row = None, -1

    def append(self, row: MessageRow) -> None:
        """Add a message at the end."""
        self._numbers[row.node.id] = len(self._rows)
        self._rows.append(row)

    def start(self, row: int) -> None:
        """The text of a row begins to arrive."""
        self.live, self.live_row = LiveReply(self._rows[row]), row

    def end(self, shown: MessageRow) -> int:
        """The live row is complete; return its number. How long it thought is remembered."""
        if self.live is not None and self.live.thought_seconds is not None:
            self._seconds[shown.node.id] = self.live.thought_seconds
        row, self.live, self.live_row = self.live_row, None, -1
        self[row] = shown
        return row

    def row_of(self, node_id: int) -> int | None:
        """Return the number of a message, None when it is not shown."""
        return self._numbers.get(node_id)

    def is_unfolded(self, row: int) -> bool:
        """Whether the thoughts of a row are shown."""
        return self._rows[row].node.id in self._unfolded

    def unfold(self, node_id: int, shown: bool) -> None:
        """Show the thoughts of a message, or hide them."""
        if shown:
            self._unfolded.add(node_id)
        else:
            self._unfolded.discard(node_id)

    def content(self, row: int) -> RowContent:
        """Return everything that a row can show."""
        if self.live is not None and row == self.live_row:
            return self.live.content()
        content = content_of(self._rows[row])
        content.thought_seconds = self._seconds.get(self._rows[row].node.id)
        return content

    def shown(self, row: int) -> RowContent:
        """Return what the widget of a row shows: the beginning of a long message."""
        return beginning_of(self._rows[row]) if self.is_folded(row) else self.content(row)

    def is_folded(self, row: int) -> bool:
        """Whether only the beginning of a message is shown."""
        shown = self._rows[row]
        return is_long(shown) and shown.node.id not in self._whole

    def show_whole(self, row: int) -> None:
        """Show all of a long message from now on."""
        self._whole.add(self._rows[row].node.id)

    def sources(self) -> list[str]:
        """Return about what the rows show, to estimate their heights."""
        return [self.source(row) for row in range(len(self._rows))]

    def source(self, row: int) -> str:
        """Return about what a row shows."""
        text = self._rows[row].node.content
        return text[:BEGINNING] if self.is_folded(row) else text

    def read(self, row: int) -> RowContent:
        """Return what of a row can be read: no thoughts that are folded."""
        content = self.content(row)
        if not self.is_unfolded(row):
            content.reasoning = []
        return content
