from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.chat.heights import Heights

HEIGHTS = st.lists(st.integers(1, 500), max_size=60)


@given(HEIGHTS, HEIGHTS, st.lists(st.tuples(st.integers(0, 119), st.integers(1, 500)), max_size=30))
def test_sums_are_those_of_a_list(
    first: list[int], more: list[int], changes: list[tuple[int, int]]
) -> None:
    plain, heights = list(first), Heights(first)
    for height in more:
        plain.append(height)
        heights.append(height)
    for row, height in changes:
        if row < len(plain):
            plain[row] = height
            heights.set(row, height)
    assert [heights.top(row) for row in range(len(plain) + 1)] == [
        sum(plain[:row]) for row in range(len(plain) + 1)
    ]
    assert heights.total == sum(plain)
    assert [heights[row] for row in range(len(heights))] == plain


@given(HEIGHTS.filter(bool))
def test_every_pixel_belongs_to_its_row(plain: list[int]) -> None:
    heights = Heights(plain)
    for row in range(len(plain)):
        assert heights.row_at(heights.top(row)) == row
        assert heights.row_at(heights.top(row + 1) - 1) == row
    assert heights.row_at(-5) == 0
    assert heights.row_at(heights.total + 5) == len(plain) - 1
