"""Made-up chats in English and Chinese: words as frequent as in real text, any number of them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice

from tests.benchmarks.shape_vocabulary import words

_COMMON = """
the of and to a in is that it was for on are as with they be at this have from or had by but some
what there we can out other were all your when up use word how said an each she which do their
time if will way about many then them would write like so these her long make thing see him two
has look more day could go come did my sound no most number who over know water than call first
people may down side been now find any new work part take get place made live where after back
little only round man year came show every good me give our under name very through just form much
great think say help low line before turn cause same mean differ move right boy old too does tell
sentence set three want air well also play small end put home read hand port large spell add even
land here must big high such follow act why ask men change model memory file computer chat answer
question language program recipe summary translate
"""
COMMON = _COMMON.split()
COMMON_CHINESE = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
)
RARE = 20_000  # words, English
CHINESE = 3_000  # characters, as many as a newspaper uses
CHINESE_SHARE = 0.3  # of the messages


@dataclass(frozen=True)
class Chatter:
    """An endless source; the same seed says the same."""

    seed: int

    def messages(self) -> Iterator[str]:
        """Yield questions and answers by turns, of the lengths that chats have."""
        while True:
            chinese = self._random.random() < CHINESE_SHARE
            for mean in (12, 70):
                length = max(1, round(self._random.expovariate(1 / mean)))
                yield self.chinese(2 * length) if chinese else self.english(length)

    def english(self, length: int) -> str:
        """Return a text of so many words."""
        chosen = self._random.choices(_ENGLISH, cum_weights=_ENGLISH_WEIGHTS, k=length)
        return " ".join(chosen).capitalize() + "."

    def chinese(self, length: int) -> str:
        """Return a text of so many characters, with commas."""
        text = "".join(self._random.choices(_HAN, cum_weights=_HAN_WEIGHTS, k=length))
        return "，".join(text[i : i + 11] for i in range(0, length, 11)) + "。"

    def queries(self) -> Iterator[str]:
        """Yield what a person looks for: words of all frequencies, and while they are typed."""
        choose = self._random
        while True:
            frequent, middle, rare = choose.choice(COMMON), choose.choice(_MIDDLE), _ENGLISH[-1]
            han = self.chinese(4)[:4]
            yield from (frequent, middle, rare, f"{frequent} {middle}", f"{middle} {rare}")
            yield from (middle[:1], middle[:2], middle[:3], f"{frequent} {frequent[:1]}")
            yield from (han[:1], han[:2], han, f"{middle} {han[:2]}", "nowherewritten")

    @cached_property
    def _random(self) -> random.Random:
        return random.Random(self.seed)


def _zipf(count: int) -> list[float]:
    """The n-th most frequent word comes 1/n times as often as the first."""
    return list(accumulate(1 / (rank + 2) for rank in range(count)))


def _rare_words() -> Iterator[str]:
    shuffled = words()
    random.Random(3).shuffle(shuffled)
    yield from shuffled
    yield from (first + second for first in shuffled[:300] for second in shuffled[300:400])


_ENGLISH = [*COMMON, *islice(_rare_words(), RARE)]
_ENGLISH_WEIGHTS = _zipf(len(_ENGLISH))
_MIDDLE = _ENGLISH[len(COMMON) : 1_000]
_HAN = [*COMMON_CHINESE, *map(chr, range(0x4E00, 0x4E00 + CHINESE - len(COMMON_CHINESE)))]
_HAN_WEIGHTS = _zipf(len(_HAN))
