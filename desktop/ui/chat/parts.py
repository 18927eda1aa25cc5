"""The vertical pieces of a message: stretches of blocks, and single widgets."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop.render.blocks import Block, Chunk, CodeBlock, Kind, RichBlock
from desktop.ui.chat.block_views import BlockView, BlockViews
from desktop.ui.chat.chat_style import ChatStyle
from desktop.ui.chat.code_panel import CodePanel
from desktop.ui.chat.heights import estimated_height
from desktop.ui.chat.row_content import visible_blocks


class Part(Protocol):
    """Something with a height, shown only while it is on the screen."""

    gap: int  # pixels above it

    @property
    def is_shown(self) -> bool:
        """Whether its widgets exist."""
        ...

    def height(self, width: int) -> int:
        """Return its height, an estimate before it was shown at this width."""
        ...

    def show(self, x: int, y: int, width: int) -> None:
        """Place it, creating what it needs."""
        ...

    def measure(self, width: int) -> int:
        """Return its exact height, creating what it needs."""
        ...

    def hide(self) -> None:
        """Give back what it needs."""
        ...


class WidgetPart:
    """A single widget that lives as long as its message is on the screen."""

    def __init__(
        self,
        widget: QWidget,
        gap: int = 0,
        *,
        left: bool = False,
        right: bool = False,
        shift: int = 0,
    ) -> None:
        self.widget = widget
        self.gap = gap
        self._left, self._right = left, right
        self._shift = shift

    @property
    def is_shown(self) -> bool:
        """Always."""
        return True

    def height(self, width: int) -> int:
        """Return the height that the widget wants."""
        widget = self.widget
        if widget.hasHeightForWidth():
            return widget.heightForWidth(width)
        return widget.sizeHint().height()

    def measure(self, width: int) -> int:
        """The same."""
        return self.height(width)

    def show(self, x: int, y: int, width: int) -> None:
        """Place the widget."""
        narrow = self._left or self._right
        own = min(width, self.widget.sizeHint().width()) if narrow else width
        left = x + width - own if self._right else x
        self.widget.setGeometry(left + self._shift, y, own, self.height(width))
        self.widget.show()

    def hide(self) -> None:
        """Widgets stay: they are few."""


class ChunkPart:
    """The blocks of one chunk of text. `key` orders it inside its message."""

    def __init__(
        self, store: BlockViews, key: tuple[int, int], chunk: Chunk, *, quiet: bool = False
    ) -> None:
        self.key = key
        self.gap = 0
        self._store = store
        self._chunk = chunk
        self._quiet = quiet
        self._views: list[BlockView] = []
        self._shown = False
        self._measured = (-1, 0)
        self._ideal = -1

    @property
    def chunk(self) -> Chunk:
        """What is shown."""
        return self._chunk

    @property
    def is_shown(self) -> bool:
        """Whether its widgets exist."""
        return self._shown

    @property
    def views(self) -> list[BlockView]:
        """The widgets, in order; none while it is off the screen."""
        return self._views

    def update(self, chunk: Chunk) -> None:
        """Show another chunk; blocks that did not change are left alone."""
        if chunk == self._chunk:
            return
        self._chunk = chunk
        self.remeasure()
        if self._shown:
            self._fill()

    def restyle(self) -> None:
        """Take the fonts and colours of now."""
        self.remeasure()
        for view in self._views:
            view.restyle()

    def remeasure(self) -> None:
        """Something inside changed its height."""
        self._measured = (-1, 0)
        self._ideal = -1

    def height(self, width: int) -> int:
        """Return the height, an estimate while it was never measured at this width."""
        if self._measured[0] == width:
            return self._measured[1]
        return self._estimate(width)

    def measure(self, width: int) -> int:
        """Return the exact height."""
        if self._measured[0] != width:
            if not self._shown:
                self._shown = True
                self._fill()
            total = 0
            for index, view in enumerate(self._views):
                total += self._gap(index) + view.lay_out(width - self._inset(view))
            self._measured = (width, total)
        return self._measured[1]

    def ideal_width(self, most: int) -> int:
        """Return the width that lines need which are not wrapped, at most `most`."""
        if self._ideal < 0:
            if not self._shown:
                self._shown = True
                self._fill()
            self._measured = (-1, 0)
            self._ideal = max((view.ideal_width() for view in self._views), default=0)
        return min(most, self._ideal)

    def show(self, x: int, y: int, width: int) -> None:
        """Place the widgets."""
        if not self._shown:
            self._shown = True
            self._fill()
        for index, view in enumerate(self._views):
            inset = self._inset(view)
            height = view.lay_out(width - inset)
            y += self._gap(index)
            view.setGeometry(x + inset, y, width - inset, height)
            view.show()
            y += height

    def hide(self) -> None:
        """Give the widgets back."""
        if self._shown:
            for view in self._views:
                self._store.give(view)
            self._views = []
            self._shown = False

    def _fill(self) -> None:
        blocks = visible_blocks(self._chunk)
        for index, block in enumerate(blocks):
            if index < len(self._views):
                if _fits(self._views[index], block):
                    self._set(self._views[index], block)
                    continue
                self._store.give(self._views[index])
                self._views[index] = self._new(block)
            else:
                self._views.append(self._new(block))
        for view in self._views[len(blocks) :]:
            self._store.give(view)
        del self._views[len(blocks) :]

    def _new(self, block: Block) -> BlockView:
        store = self._store
        view = store.take_code() if isinstance(block, CodeBlock) else store.take_text()
        self._set(view, block)
        return view

    def _set(self, view: BlockView, block: Block) -> None:
        view.set_block(block, quiet=self._quiet)  # type: ignore[arg-type]

    def _gap(self, index: int) -> int:
        """The room above a block, none before the first: that is `gap`."""
        block = self._views[index].block
        return gap_before(block, self._store.look) if index and block else 0

    def _inset(self, view: BlockView) -> int:
        block = view.block
        return self._store.look.indent * block.indent if isinstance(block, CodeBlock) else 0

    def _estimate(self, width: int) -> int:
        style, chunk = self._store.look, self._chunk
        if isinstance(chunk, CodeBlock):
            return round(style.em * 1.3) * (chunk.code.count("\n") + 1) + style.em * 3
        source = chunk.text if isinstance(chunk, RichBlock) else chunk.source
        return estimated_height(source, width, style)


def gap_before(block: Block, look: ChatStyle) -> int:
    """Return the room above a block: more above headings, evened out above lines of text."""
    if not isinstance(block, RichBlock) or block.kind in (Kind.TABLE, Kind.RULE):
        return look.block_gap
    share = 1.7 if block.kind is Kind.HEADING else 1.0
    return round(look.block_gap * share) - look.lead


def chunk_gap(chunk: Chunk, look: ChatStyle) -> int:
    """Return the room above a chunk without parsing it: there can be thousands."""
    if isinstance(chunk, CodeBlock):
        return look.block_gap
    source = chunk.html if isinstance(chunk, RichBlock) else chunk.source
    if source.startswith("|"):
        return look.block_gap
    return round(look.block_gap * (1.7 if source.startswith("#") else 1.0)) - look.lead


def _fits(view: BlockView, block: Block) -> bool:
    return isinstance(view, CodePanel) == isinstance(block, CodeBlock)
