"""A script file that people may have edited → Script, which says exactly what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, get_args

from narrator.errors import ScriptError
from narrator.models import Block, BlockKind, LedgerRow, Line, LineKind, Omission, Role, Script
from narrator.models.ids import block_id, line_id, unique_ids
from narrator.models.json import from_builtins
from narrator.say import Lexicon, say_line
from narrator.script.document import (
    FENCE,
    LEDGER,
    NOTES,
    guess_boundaries,
    speaker_of,
    unescape,
    usual_chapter,
)
from narrator.script.pauses import Boundary, pause_ms
from narrator.toml import parse_toml
from narrator.voices import Pauses

_TAGGED = re.compile(r"\[([a-z -]+)\] ?(.*)")
_NOTE = re.compile(r"[ \t]+([a-z]+): ?(.*)")
_SECTION = re.compile(r"## +(?:Sidebar (\d+)\b.*|Story\b.*)")
_FATES = {"spoken": "spoken", "rewritten": "rewritten", "skip": "skipped"}


@dataclass(frozen=True, slots=True)
class Document:
    """A script file, read."""

    script: Script
    engine: str
    """The engine it was worded for."""
    pauses: Pauses
    """The usual silences it was written with."""


@dataclass(slots=True)
class _Entry:
    """One tagged line with the notes under it."""

    number: int
    tag: str
    text: str
    sidebar: int | None
    paragraph: int
    notes: dict[str, str] = field(default_factory=dict)


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
    rows = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    front, body_start = _front_matter(rows, where)
    engine = front.pop("engine", "espeak")
    if not isinstance(engine, str):
        raise ScriptError("engine must be a name in quotes", where=where)
    pauses = _pauses(front.pop("pauses", {}), where)
    script = _frame(front, where)
    entries, ledger = _entries(rows, body_start, len(script.sidebars), where)
    script = replace(script, ledger=tuple(ledger[0]), omissions=tuple(ledger[1]))
    spoken = [entry for entry in entries if entry.tag != "skip"]
    if not spoken:
        raise ScriptError("there is no line to say", where=where, hint="Tag lines with [anchor].")
    lines, blocks = _lines(spoken, script, engine, pauses, lexicon, where)
    skipped = {entry.text for entry in entries if entry.tag == "skip"}
    return Document(
        replace(
            script,
            lines=tuple(lines),
            blocks=tuple(blocks),
            ledger=tuple(_without(row, skipped) for row in script.ledger),
        ),
        engine,
        pauses,
    )


def _wrong(where: str, number: int, message: str, hint: str | None = None) -> ScriptError:
    return ScriptError(message, where=f"{where}, line {number}", hint=hint)


def _front_matter(rows: list[str], where: str) -> tuple[dict[str, Any], int]:
    if rows[0] != FENCE or FENCE not in rows[1:]:
        raise _wrong(where, 1, "front matter between two +++ lines is missing")
    end = rows.index(FENCE, 1)
    try:
        front = parse_toml("\n".join(rows[1:end]))
    except ValueError as error:
        found = re.search(r"line (\d+)", str(error))
        number = int(found[1]) + 1 if found else end
        reason = re.sub(r" \(at .*\)", "", str(error))
        raise _wrong(where, number, f"front matter is not valid TOML: {reason}") from error
    if front.pop("narrator", None) != "script" or front.pop("version", None) != 1:
        raise _wrong(where, 2, "not a script file this version of narrator can read")
    return front, end + 1


def _pauses(table: Any, where: str) -> Pauses:
    try:
        return from_builtins({f"{name}_ms": value for name, value in dict(table).items()}, Pauses)
    except (ValueError, TypeError) as error:
        raise ScriptError(f"[pauses] is wrong: {error}", where=where) from error


def _frame(front: dict[str, Any], where: str) -> Script:
    """The script with everything but its lines."""
    known = {"title", "source", "language", "published", "address", "outlet", "post_id"}
    known |= {"start_ms", "warnings", "byline", "sidebars", "pictures"}
    for key in front:
        if key not in known:
            raise ScriptError(f'front matter has an unknown key "{key}"', where=where)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", str(front.get("language", "en"))):
        raise ScriptError(f'"{front["language"]}" is not a language', where=where)
    if not isinstance(front.get("start_ms", 0), int) or not 0 <= front.get("start_ms", 0) <= 60_000:
        raise ScriptError("start_ms must be from 0 to 60000 milliseconds", where=where)
    published = front.get("published")
    if published is not None and (not isinstance(published, datetime) or published.tzinfo is None):
        raise ScriptError("published must be a time with an offset, 2015-09-18T00:00:00+00:00", where=where)
    try:
        return from_builtins({"lines": [], "source": "-", **front}, Script)
    except ValueError as error:
        raise ScriptError(f"front matter is wrong: {error}", where=where) from error


def _entries(
    rows: list[str], start: int, sidebars: int, where: str
) -> tuple[list[_Entry], tuple[list[LedgerRow], list[Omission]]]:
    entries: list[_Entry] = []
    ledger: tuple[list[LedgerRow], list[Omission]] = ([], [])
    section: int | None = None
    paragraph = 0
    for number, row in enumerate(rows[start:], start + 1):
        if not row.strip():
            paragraph += 1
        elif row.startswith("## ") and row[3:].strip() == LEDGER:
            ledger = _ledger(rows, number, where)
            break
        elif row.startswith("## "):
            section = _section(row, number, sidebars, where)
        elif note := _NOTE.fullmatch(row):
            _add_note(entries, note[1], note[2], number, where)
        elif tagged := _TAGGED.fullmatch(row):
            entries.append(_Entry(number, tagged[1], unescape(tagged[2]), section, paragraph))
        else:
            raise _wrong(
                where,
                number,
                f'"{row.strip()[:40]}" has no tag',
                "Begin it with [anchor], [analyst], [caption], [cue] or [skip].",
            )
    return entries, ledger


def _section(row: str, number: int, sidebars: int, where: str) -> int | None:
    found = _SECTION.fullmatch(row)
    if not found:
        raise _wrong(where, number, 'a section is "## Story" or "## Sidebar 1"')
    if found[1] is None:
        return None
    index = int(found[1]) - 1
    if not 0 <= index < sidebars:
        raise _wrong(where, number, f"there is no sidebar {found[1]} in the front matter ({sidebars} there)")
    return index


def _add_note(entries: list[_Entry], name: str, value: str, number: int, where: str) -> None:
    if not entries:
        raise _wrong(where, number, f'the note "{name}" stands under no line')
    if name not in (*NOTES, "why"):
        raise _wrong(where, number, f'unknown note "{name}"', f"Notes are {', '.join(NOTES)}.")
    entries[-1].notes[name] = unescape(value)


def _ledger(rows: list[str], start: int, where: str) -> tuple[list[LedgerRow], list[Omission]]:
    ledger: list[LedgerRow] = []
    omissions: list[Omission] = []
    for number, row in enumerate(rows[start:], start + 1):
        found = re.fullmatch(r"\[([a-z ]+)\] ([^:]+): ?(.*)", row)
        note = re.fullmatch(r"[ \t]+why: ?(.*)", row)
        if found and found[1] in _FATES:
            line = unescape(found[2])
            fate: Any = _FATES[found[1]]
            ledger.append(LedgerRow(int(line) if line.isdigit() else line, unescape(found[3]), fate))
        elif found and found[1] == "not in the audio":
            what: Any = found[2] if found[2] in {"table", "embed", "picture"} else "other"
            omissions.append(Omission(what, unescape(found[3])))
        elif note and ledger:
            ledger[-1] = replace(ledger[-1], reason=unescape(note[1]))
        elif row.strip():
            raise _wrong(where, number, "this line of the ledger cannot be read")
    return ledger, omissions


def _lines(
    entries: list[_Entry], script: Script, engine: str, pauses: Pauses, lexicon: Lexicon, where: str
) -> tuple[list[Line], list[Block]]:
    blocks: list[Block] = []
    lines: list[Line] = []
    for group in _paragraphs(entries, where):
        made = [_line(entry, role, kind, script, engine, lexicon, where) for entry, role, kind in group]
        entry, _, kind = group[0]
        if kind != "headline" and kind != "cue":
            text = " ".join(line.text for line in made)
            blocks.append(Block(block_id(kind, text), kind, text, entry.sidebar, made[0].language))
            made = [replace(line, block=str(len(blocks) - 1)) for line in made]
        lines += made
    names = unique_ids(block.id for block in blocks)
    blocks = [replace(block, id=name) for block, name in zip(blocks, names, strict=True)]
    lines = [replace(line, block=names[int(line.block)] if line.block else None) for line in lines]
    line_names = unique_ids(line.id for line in lines)
    numbered = [replace(line, id=name) for line, name in zip(lines, line_names, strict=True)]
    afters: list[Boundary] = [*guess_boundaries(numbered)[1:], "end"]
    paused = [
        replace(line, pause_ms=pause_ms(after, pauses)) if line.pause_ms < 0 else line
        for line, after in zip(numbered, afters, strict=True)
    ]
    return paused, blocks


def _paragraphs(entries: list[_Entry], where: str) -> Iterator[list[tuple[_Entry, Role, LineKind]]]:
    """Entries grouped into the blocks they make up: neighbours with no blank line and of one tag."""
    group: list[tuple[_Entry, Role, LineKind]] = []
    for entry in entries:
        role, kind = _read_tag(entry, where)
        same = group and (
            (group[-1][0].paragraph, group[-1][1:], group[-1][0].sidebar)
            == (entry.paragraph, (role, kind), entry.sidebar)
        )
        if group and not (same and kind not in ("cue", "headline")):
            yield group
            group = []
        group.append((entry, role, kind))
    if group:
        yield group


def _read_tag(entry: _Entry, where: str) -> tuple[Role, LineKind]:
    name, _, what = entry.tag.partition(" ")
    kinds = {"anchor": "paragraph", "analyst": "paragraph", "caption": "caption", "cue": "cue"}
    kind = what or kinds.get(name, "")
    if name not in kinds:
        raise _wrong(
            where, entry.number, f'unknown role "{name}"', f"Roles are {', '.join(kinds)}, and skip."
        )
    if kind not in (*get_args(BlockKind), "headline", "cue"):
        raise _wrong(where, entry.number, f'unknown kind of line "{what}"')
    return name, kind  # type: ignore[return-value]


def _line(
    entry: _Entry, role: Role, kind: LineKind, script: Script, engine: str, lexicon: Lexicon, where: str
) -> Line:
    notes = entry.notes
    language = notes.get("language")
    spoken = say_line(entry.text, language=language or script.language, engine=engine, lexicon=lexicon)
    say = notes.get("say", spoken.say)
    if not any(character.isalnum() for character in say):
        raise _wrong(where, entry.number, "there is nothing to say in this line", "Tag it with [skip].")
    phonemes = notes.get("phonemes", spoken.phonemes)
    line = Line(
        id=line_id(role, entry.text),
        role=role,
        kind=kind,
        text=entry.text,
        say=say,
        pause_ms=_pause_note(entry, where),
        phonemes=_unless_dash(phonemes),
        sidebar=entry.sidebar,
        language=language,
    )
    return replace(
        line,
        speaker=_unless_dash(notes.get("speaker", speaker_of(line, script))),
        chapter=_unless_dash(notes.get("chapter", usual_chapter(line))),
    )


def _unless_dash(value: str | None) -> str | None:
    return None if value in ("-", "") else value


def _pause_note(entry: _Entry, where: str) -> int:
    """The noted pause in milliseconds, -1 when there is none."""
    said = entry.notes.get("pause")
    if said is None:
        return -1
    found = re.fullmatch(r"(\d{1,6})(?: ?ms)?", said.strip())
    if not found:
        raise _wrong(where, entry.number, f'pause "{said}" is not a number of milliseconds')
    return int(found[1])


def _without(row: LedgerRow, skipped: set[str]) -> LedgerRow:
    """*row*, marked when what it held is set to ``[skip]`` in the file."""
    if row.fate == "skipped" or not any(text and text in row.text for text in skipped):
        return row
    whole = row.text.strip() in skipped
    return replace(row, fate="skipped" if whole else "rewritten", reason="left out in the script file")
