"""What may become one block: source lines that belong together, and what was decided about them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from narrator.models import BlockKind
from narrator.read.draft import Gap, Item

Part = Literal["story", "title", "byline", "date", "sidebar-heading", "sidebar-byline", "furniture"]

LONGEST_SIGN = 400
"""Characters of a line that are looked at for signs; what is longer is text, not a label."""

_LONG = 1_000_000
_SPACE = re.compile(r"\s+")
_CLOSED = re.compile(r"[.!?…。！？۔।][)\"'”’»›“‘«‹\]\s*_]*$")
_OPENS_QUOTE = re.compile(r"^[\"“”„«»‘'‚]")
_FOLDS = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
    }
    | {
        "‑": "-",
        "−": "-",
        "…": "...",
        "\u00a0": " ",
        "\u202f": " ",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
    }
)


@dataclass(slots=True, eq=False)
class Passage:
    """One paragraph, crosshead, caption … of the source, or a line that is none of these."""

    items: list[Item]
    text: str
    """Display text: white space collapsed, marks of emphasis and bullets cut."""
    key: str = ""
    """`fold`ed text, by which lines are compared and phrases looked up; "" for long ones."""
    words: int = 0
    closed: bool = False
    """It ends as a sentence does."""
    part: Part = "story"
    kind: BlockKind | None = None
    """What it is as a block; None until decided, and for whatever is no block."""
    reason: str = ""
    """Why it is skipped, or by which rule its text was changed."""
    sidebar: int | None = None
    notes: list[str] = field(default_factory=list)
    """More for the ledger's reader, such as the evidence for a sidebar's end."""

    @property
    def gap(self) -> Gap:
        """What stands before it."""
        return self.items[0].gap

    @property
    def short(self) -> bool:
        """It reads as a label, a title or a caption rather than as a sentence of the story."""
        return not self.closed and self.words < 30

    @property
    def prose(self) -> bool:
        """It reads as a paragraph of the story, wherever it stands."""
        return (self.closed and self.words >= 9) or self.words >= 30

    @property
    def sure(self) -> bool:
        """Its page says that it is text of the article, however short it is."""
        return self.items[0].sure

    @property
    def open(self) -> bool:
        """Nothing has been decided yet."""
        return self.part == "story" and self.kind is None

    def set_text(self, text: str, rule: str = "") -> None:
        """Replace the display text; *rule* says why, for the ledger."""
        self.text = text
        self.key = fold(text)
        self.words = count_words(text)
        self.closed = closes(text) or (self.words >= 5 and text.endswith((":", "：")))
        if rule:
            self.reason = rule

    def skip(self, reason: str, part: Part = "furniture") -> None:
        """Leave it out, or take it for *part*, for *reason*."""
        self.part, self.kind, self.reason = part, None, reason


def make_passage(items: list[Item]) -> Passage:
    """The passage of *items*, with its measures taken."""
    passage = Passage(items=items, text="")
    if items[0].furniture:
        # Most lines of a page are furniture by its markup: of them only the words are ever looked at.
        passage.text = items[0].text
        passage.key = fold(passage.text)
        passage.words = count_words(passage.text)
    else:
        passage.set_text(clean_text(_joined(items)))
    return passage


def _joined(items: list[Item]) -> str:
    texts = [item.text if item.shown is None else item.shown for item in items]
    pieces = [texts[0]]
    for text in texts[1:]:
        # A word that was hyphenated at the wrap keeps its hyphen: nothing tells it from "well-known".
        glued = pieces[-1].rstrip().endswith("-") and pieces[-1].rstrip()[-2:-1].isalpha()
        pieces.append(text if glued and text.lstrip()[:1].islower() else f" {text}")
    return "".join(pieces)


def clean_text(text: str) -> str:
    """*text* with white space collapsed and invisible marks cut.

    >>> clean_text("One\\u00a0 two\\u200b")
    'One two'
    """
    if not text.isascii():
        text = text.translate(
            {0xAD: None, 0x200B: None, 0xFEFF: None, 0x2060: None, 0x200E: None, 0x200F: None}
        )
    if len(text) > _LONG:
        return _SPACE.sub(" ", text).strip()  # a list of its words would take ten times its size
    return " ".join(text.split())


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """*text* as phrases are compared: lower case, plain quotes and dashes, no ornaments at its ends.

    >>> fold("► Read  More…")
    'read more'
    """
    if len(text) > LONGEST_SIGN:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_FOLDS)
    text = " ".join(text.casefold().split())
    start, end = 0, len(text)
    while start < end and _is_ornament(text[start]):
        start += 1
    while end > start and (text[end - 1] in ":.!,;" or _is_ornament(text[end - 1])):
        end -= 1
    return text[start:end]


def _is_ornament(char: str) -> bool:
    return char in " *_>|\\~=#•·-+<" or unicodedata.category(char) in {"So", "Sm", "Sk", "Cf", "Co", "Cn"}


def count_words(text: str) -> int:
    """Words, or for scripts that write without spaces half the characters."""
    words = text.count(" ") + 1 if text else 0
    if words < len(text) / 20 and not text.isascii():
        wide = sum(1 for char in text[:2000] if "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af")
        words = max(words, wide // 2)
    return words


def closes(text: str) -> bool:
    """Whether *text* ends as a sentence does."""
    return bool(_CLOSED.search(text[-12:]))


def opens_quote(text: str) -> bool:
    """Whether *text* begins with a quotation mark."""
    return bool(_OPENS_QUOTE.match(text))
