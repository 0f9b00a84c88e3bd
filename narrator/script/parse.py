"""A script file that people may have edited → Script, which says exactly what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, get_args

from narrator.errors import ScriptError
from narrator.models import Block, BlockKind, LedgerRow, Line, LineKind, Role, Script
from narrator.models.ids import block_id, line_id, unique_ids
from narrator.models.json import from_builtins
from narrator.say import Lexicon, say_line
from narrator.script.document import guess_boundaries, speaker_of, usual_chapter
from narrator.script.entries import Entry, read_entries, read_front_matter, split_rows, wrong
from narrator.script.pauses import Boundary, pause_ms
from narrator.voices import Pauses

_KINDS: dict[str, LineKind] = {
    "anchor": "paragraph",
    "analyst": "paragraph",
    "caption": "caption",
    "cue": "cue",
}
"""What a line of a role is when its tag does not say."""
_NO_PAUSE = -1
"""Stands for the usual pause until it is known what follows."""


@dataclass(frozen=True, slots=True)
class Document:
    """A script file, read."""

    script: Script
    engine: str
    """The engine it was worded for."""
    pauses: Pauses
    """The usual silences it was written with."""


def is_document(text: str) -> bool:
    """Whether *text* is a script file rather than a post."""
    return bool(re.match(r'\ufeff?\+\+\+\r?\nnarrator = "script"\r?\n', text))


def read_document(text: str, *, lexicon: Lexicon, where: str = "script file") -> Document:
    """The script that *text*, a script file, stands for.

    A line without a ``say`` note is said as the lexicon and the rules have it; a pause that is not
    noted is the usual one for what follows.

    Raises:
        ScriptError: something in the file is wrong; ``where`` and the line's number say where.
    """
    try:
        return _read(split_rows(text), lexicon)
    except ScriptError as error:
        error.where = f"{where}, {error.where}" if error.where else where
        raise


def _read(rows: Sequence[str], lexicon: Lexicon) -> Document:
    front, start = read_front_matter(rows)
    engine = front.pop("engine", "espeak")
    if not isinstance(engine, str):
        raise ScriptError("engine must be a name in quotes")
    pauses = _pauses(front.pop("pauses", {}))
    frame = _frame(front)
    found = read_entries(rows, start, len(frame.sidebars))
    spoken = [_tagged(entry) for entry in found.lines if entry.tag != "skip"]
    if not spoken:
        raise ScriptError("there is no line to say", hint="Tag lines with [anchor].")
    skipped = {entry.text for entry in found.lines if entry.tag == "skip"}
    lines, blocks = _LineMaker(frame, engine, lexicon).make(spoken)
    script = replace(
        frame,
        lines=tuple(_paused(lines, pauses)),
        blocks=tuple(blocks),
        ledger=tuple(_without(row, skipped) for row in found.ledger),
        omissions=tuple(found.omissions),
    )
    return Document(script, engine, pauses)


def _pauses(table: Any) -> Pauses:
    try:
        return from_builtins({f"{name}_ms": value for name, value in dict(table).items()}, Pauses)
    except (ValueError, TypeError) as error:
        raise ScriptError(f"[pauses] is wrong: {error}") from error


def _frame(front: dict[str, Any]) -> Script:
    """The script with everything but its lines."""
    known = {"title", "source", "language", "published", "address", "outlet", "post_id"}
    known |= {"start_ms", "warnings", "byline", "sidebars", "pictures"}
    for key in front:
        if key not in known:
            raise ScriptError(f'front matter has an unknown key "{key}"')
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", str(front.get("language", "en"))):
        raise ScriptError(f'"{front["language"]}" is not a language')
    if not isinstance(front.get("start_ms", 0), int) or not 0 <= front.get("start_ms", 0) <= 60_000:
        raise ScriptError("start_ms must be from 0 to 60000 milliseconds")
    published = front.get("published")
    if published is not None and (not isinstance(published, datetime) or published.tzinfo is None):
        raise ScriptError("published must be a time with an offset, 2015-09-18T00:00:00+00:00")
    try:
        return from_builtins({"lines": [], "source": "-", **front}, Script)
    except ValueError as error:
        raise ScriptError(f"front matter is wrong: {error}") from error


class _Tagged(NamedTuple):
    """An entry, and what its tag says."""

    entry: Entry
    role: Role
    kind: LineKind

    @property
    def is_block(self) -> bool:
        """Whether the line stands for text of the post: a headline and a cue do not."""
        return self.kind not in ("headline", "cue")

    def continues(self, before: _Tagged) -> bool:
        """Whether it is of the block that the line *before* is of: no blank row between, one tag."""
        place, other = self.entry, before.entry
        same = (place.paragraph, place.sidebar, self.role, self.kind)
        return self.is_block and same == (other.paragraph, other.sidebar, before.role, before.kind)


def _tagged(entry: Entry) -> _Tagged:
    name, _, what = entry.tag.partition(" ")
    if name not in _KINDS:
        raise wrong(entry.number, f'unknown role "{name}"', f"Roles are {', '.join(_KINDS)}, and skip.")
    kind = what or _KINDS[name]
    if kind not in (*get_args(BlockKind), "headline", "cue"):
        raise wrong(entry.number, f'unknown kind of line "{what}"')
    return _Tagged(entry, name, kind)  # type: ignore[arg-type]


def _paragraphs(lines: Sequence[_Tagged]) -> Iterator[list[_Tagged]]:
    """Lines grouped into the blocks they make up."""
    group: list[_Tagged] = []
    for line in lines:
        if group and not line.continues(group[-1]):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class _LineMaker:
    """Makes lines and blocks of tagged entries."""

    frame: Script
    """Language and sidebars of the script."""
    engine: str
    lexicon: Lexicon

    def make(self, tagged: Sequence[_Tagged]) -> tuple[list[Line], list[Block]]:
        """The lines, with unique ids, and the blocks that they are of."""
        blocks: list[Block] = []
        lines: list[Line] = []
        for group in _paragraphs(tagged):
            made = [self._line(one) for one in group]
            entry, _, kind = group[0]
            if kind != "headline" and kind != "cue":
                text = " ".join(line.text for line in made)
                blocks.append(Block(block_id(kind, text), kind, text, entry.sidebar, made[0].language))
                made = [replace(line, block=str(len(blocks) - 1)) for line in made]
            lines += made
        block_ids = unique_ids(block.id for block in blocks)
        line_ids = unique_ids(line.id for line in lines)
        return (
            [
                replace(line, id=own, block=block_ids[int(line.block)] if line.block else None)
                for line, own in zip(lines, line_ids, strict=True)
            ],
            [replace(block, id=own) for block, own in zip(blocks, block_ids, strict=True)],
        )

    def _line(self, tagged: _Tagged) -> Line:
        entry, notes = tagged.entry, tagged.entry.notes
        language = notes.get("language")
        spoken = say_line(
            entry.text,
            language=language or self.frame.language,
            engine=self.engine,
            lexicon=self.lexicon,
        )
        say = notes.get("say", spoken.say)
        if not any(character.isalnum() for character in say):
            raise wrong(entry.number, "there is nothing to say in this line", "Tag it with [skip].")
        line = Line(
            id=line_id(tagged.role, entry.text),
            role=tagged.role,
            kind=tagged.kind,
            text=entry.text,
            say=say,
            pause_ms=_noted_pause(entry),
            phonemes=_unless_dash(notes.get("phonemes", spoken.phonemes)),
            sidebar=entry.sidebar,
            language=language,
        )
        return replace(
            line,
            speaker=_unless_dash(notes.get("speaker", speaker_of(line, self.frame))),
            chapter=_unless_dash(notes.get("chapter", usual_chapter(line))),
        )


def _unless_dash(value: str | None) -> str | None:
    return None if value in ("-", "") else value


def _noted_pause(entry: Entry) -> int:
    """The noted pause in milliseconds, `_NO_PAUSE` when there is none."""
    said = entry.notes.get("pause")
    if said is None:
        return _NO_PAUSE
    found = re.fullmatch(r"(\d{1,6})(?: ?ms)?", said.strip())
    if not found:
        raise wrong(entry.number, f'pause "{said}" is not a number of milliseconds')
    return int(found[1])


def _paused(lines: Sequence[Line], pauses: Pauses) -> Iterator[Line]:
    """*lines* with the usual pause where none was noted."""
    afters: list[Boundary] = [*guess_boundaries(lines)[1:], "end"]
    for line, after in zip(lines, afters, strict=True):
        yield replace(line, pause_ms=pause_ms(after, pauses)) if line.pause_ms == _NO_PAUSE else line


def _without(row: LedgerRow, skipped: set[str]) -> LedgerRow:
    """*row*, marked when what it held is set to ``[skip]`` in the file."""
    if row.fate == "skipped" or not any(text and text in row.text for text in skipped):
        return row
    whole = row.text.strip() in skipped
    return replace(row, fate="skipped" if whole else "rewritten", reason="left out in the script file")
