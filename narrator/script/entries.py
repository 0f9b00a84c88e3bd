"""The rows of a script file: front matter, tagged lines with their notes, and the ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from narrator.errors import ScriptError
from narrator.models import LedgerRow, Omission
from narrator.script.document import FENCE, LEDGER, NOTES, unescape
from narrator.toml import parse_toml

_TAGGED = re.compile(r"\[([a-z -]+)\] ?(.*)")
_NOTE = re.compile(r"[ \t]+([a-z]+): ?(.*)")
_SECTION = re.compile(r"## +(?:Sidebar (\d+)\b.*|Story\b.*)")
_FATES = {"spoken": "spoken", "rewritten": "rewritten", "skip": "skipped"}


@dataclass(slots=True)
class Entry:
    """One tagged line with the notes under it."""

    number: int
    """Its row in the file, from 1."""
    tag: str
    text: str
    sidebar: int | None
    paragraph: int
    """Equal for lines with no blank row between them."""
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Entries:
    """What stands in a script file below its front matter."""

    lines: list[Entry] = field(default_factory=list)
    ledger: list[LedgerRow] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)


def wrong(number: int, message: str, hint: str | None = None) -> ScriptError:
    """The error for a fault in row *number*; the file's name is put before it where it is known."""
    return ScriptError(message, where=f"line {number}", hint=hint)


def split_rows(text: str) -> list[str]:
    """The rows of a script file, without what editors add."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")


def read_front_matter(rows: Sequence[str]) -> tuple[dict[str, Any], int]:
    """The front matter, and the index of the row after it.

    Raises:
        ScriptError: it is missing, no TOML, or of another version.
    """
    if rows[0] != FENCE or FENCE not in rows[1:]:
        raise wrong(1, "front matter between two +++ lines is missing")
    end = rows.index(FENCE, 1)
    try:
        front = parse_toml("\n".join(rows[1:end]))
    except ValueError as error:
        found = re.search(r"line (\d+)", str(error))
        number = int(found[1]) + 1 if found else end
        reason = re.sub(r" \(at .*\)", "", str(error))
        raise wrong(number, f"front matter is not valid TOML: {reason}") from error
    if front.pop("narrator", None) != "script" or front.pop("version", None) != 1:
        raise wrong(2, "not a script file this version of narrator can read")
    return front, end + 1


def read_entries(rows: Sequence[str], start: int, sidebars: int) -> Entries:
    """What the rows from index *start* on say.

    Args:
        rows: of the whole file.
        start: the first row below the front matter.
        sidebars: how many the front matter has.

    Raises:
        ScriptError: a row is none that belongs here; ``where`` has its number.
    """
    found = Entries()
    section: int | None = None
    paragraph = 0
    for number, row in enumerate(rows[start:], start + 1):
        if not row.strip():
            paragraph += 1
        elif row.startswith("## ") and row[3:].strip() == LEDGER:
            _read_ledger(rows[number:], number, found)
            break
        elif row.startswith("## "):
            section = _section(row, number, sidebars)
        elif note := _NOTE.fullmatch(row):
            _add_note(found.lines, note[1], note[2], number)
        elif tagged := _TAGGED.fullmatch(row):
            found.lines.append(Entry(number, tagged[1], unescape(tagged[2]), section, paragraph))
        else:
            raise wrong(
                number,
                f'"{row.strip()[:40]}" has no tag',
                "Begin it with [anchor], [analyst], [caption], [cue] or [skip].",
            )
    return found


def _section(row: str, number: int, sidebars: int) -> int | None:
    found = _SECTION.fullmatch(row)
    if not found:
        raise wrong(number, 'a section is "## Story" or "## Sidebar 1"')
    if found[1] is None:
        return None
    index = int(found[1]) - 1
    if not 0 <= index < sidebars:
        raise wrong(number, f"there is no sidebar {found[1]} in the front matter ({sidebars} there)")
    return index


def _add_note(lines: list[Entry], name: str, value: str, number: int) -> None:
    if not lines:
        raise wrong(number, f'the note "{name}" stands under no line')
    if name not in (*NOTES, "why"):
        raise wrong(number, f'unknown note "{name}"', f"Notes are {', '.join(NOTES)}.")
    lines[-1].notes[name] = unescape(value)


def _read_ledger(rows: Sequence[str], above: int, into: Entries) -> None:
    """Take in the last section; *above* rows stand before it."""
    for number, row in enumerate(rows, above + 1):
        if note := re.fullmatch(r"[ \t]+why: ?(.*)", row):
            if not into.ledger:
                raise _unreadable(number)
            into.ledger[-1] = replace(into.ledger[-1], reason=unescape(note[1]))
        elif row.strip():
            _add_fate(row, number, into)


def _add_fate(row: str, number: int, into: Entries) -> None:
    found = re.fullmatch(r"\[([a-z ]+)\] ([^:]+): ?(.*)", row)
    if found and found[1] in _FATES:
        line = unescape(found[2])
        fate: Any = _FATES[found[1]]
        number_of = int(line) if re.fullmatch(r"[0-9]{1,9}", line) else line
        into.ledger.append(LedgerRow(number_of, unescape(found[3]), fate))
    elif found and found[1] == "not in the audio":
        what: Any = found[2] if found[2] in {"table", "embed", "picture"} else "other"
        into.omissions.append(Omission(what, unescape(found[3])))
    else:
        raise _unreadable(number)


def _unreadable(number: int) -> ScriptError:
    return wrong(number, "this line of the ledger cannot be read")
