"""The script as a file people read and edit: markdown with front matter, one utterance a line.

::

    +++
    narrator = "script"
    title = "Ferry runs aground"
    …
    [pauses]
    sentence = 350
    +++

    [anchor headline] Ferry runs aground

    [anchor] Two hundred people were taken off a ferry on Tuesday.
    [anchor] The damage is put at £3.5m.
        say: The damage is put at three point five million pounds.

    ## Sidebar 1: Analysis

    [analyst] Nobody had a plan for this.
        pause: 1500

    ## Where every source line went

    [skip] 1: Home » News
        why: breadcrumb
    [spoken] 3: Ferry runs aground

A tag says who speaks and, after it, what the line is where that is not a plain paragraph. Lines of one
paragraph stand together. Indented notes belong to the line above: ``say`` (how it is spoken, when that
differs from how it is written), ``phonemes``, ``pause`` (milliseconds after it, when not the usual one
there), ``chapter`` (that begins here), ``speaker``, ``language``; ``-`` takes away what a line would have
unasked. A line set to ``[skip]`` is not spoken.

Reading the file gives back the very `Script` it was written from; see `narrator.script.parse`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from narrator.models import Line, Person, Picture, Script
from narrator.say import Lexicon, say_line
from narrator.script.pauses import Boundary, pause_ms
from narrator.toml import toml_value
from narrator.voices import Pauses

FENCE = "+++"
LEDGER = "Where every source line went"
"""Heading of the last section; nothing in it is spoken."""
NOTES = ("say", "phonemes", "pause", "chapter", "speaker", "language")
"""Notes a line may carry, in the order they are written."""


def write_document(script: Script, *, engine: str, pauses: Pauses, lexicon: Lexicon) -> str:
    """*script* as a file for people; `narrator.script.parse.read_document` gives it back whole.

    Args:
        script: what will be said.
        engine: the engine it was worded for.
        pauses: the usual silences; only others are noted on lines.
        lexicon: how names are said; only lines said otherwise than it and the rules would have
            it, or otherwise than written, carry a ``say`` note.
    """
    parts = [FENCE, *_front_matter(script, engine, pauses), FENCE, ""]
    befores = guess_boundaries(script.lines)
    section: int | None = None
    block: str | None = None
    for number, line in enumerate(script.lines):
        if line.sidebar != section:
            section = line.sidebar
            name = (
                "Story" if section is None else f"Sidebar {section + 1}: {script.sidebars[section].heading}"
            )
            parts += ["", f"## {escape(name)}", ""]
        elif number and (line.block != block or line.block is None):
            parts.append("")
        block = line.block
        parts.append(f"[{_tag(line)}] {escape(line.text)}")
        after = befores[number + 1] if number + 1 < len(befores) else "end"
        usual = pause_ms(after, pauses)
        parts += _notes(line, script, usual, engine, lexicon)
    parts += ["", f"## {LEDGER}", "", *_accounted(script)]
    return "\n".join(parts).rstrip("\n") + "\n"


def guess_boundaries(lines: Iterable[Line]) -> list[Boundary]:
    """What stands before each line, read off the lines alone (the first one's is never used).

    The same rule serves writing and reading a script file, so that unwritten pauses agree.
    """
    told = list(lines)
    befores: list[Boundary] = []
    for number, line in enumerate(told):
        before = told[number - 1] if number else None
        after = told[number + 1] if number + 1 < len(told) else None
        befores.append(_boundary(before, line, after))
    return befores


def _boundary(before: Line | None, line: Line, after: Line | None) -> Boundary:
    if before is None or (line.block is not None and line.block == before.block):
        return "sentence"
    if before.kind == "headline":
        return "headline"
    leads_to_caption = line.kind == "cue" and after is not None and after.kind == "caption"
    if line.kind == "cue" and before.kind != "cue":
        return "caption" if leads_to_caption and line.chapter is None else "sidebar"
    if before.kind == "cue":
        return "caption_cue" if line.kind == "caption" and before.chapter is None else "cue"
    if "caption" in (before.kind, line.kind):
        return "caption"
    return "heading" if "heading" in (before.kind, line.kind) else "paragraph"


def _tag(line: Line) -> str:
    usual = {"paragraph": "anchor", "caption": "caption", "cue": "cue"}
    if usual.get(line.kind) == line.role or (line.kind == "paragraph" and line.role == "analyst"):
        return line.role
    return f"{line.role} {line.kind}"


def _notes(line: Line, script: Script, usual_ms: int, engine: str, lexicon: Lexicon) -> Iterator[str]:
    spoken = say_line(line.text, language=line.language or script.language, engine=engine, lexicon=lexicon)
    notes: dict[str, str | None] = {
        "say": line.say if line.say != line.text or spoken.say != line.say else None,
        "phonemes": line.phonemes,
        "pause": str(line.pause_ms) if line.pause_ms != usual_ms else None,
        "chapter": line.chapter if line.chapter != usual_chapter(line) else None,
        "speaker": line.speaker if line.speaker != speaker_of(line, script) else None,
        "language": line.language,
    }
    if line.speaker is None and speaker_of(line, script) is not None:
        notes["speaker"] = "-"
    if line.phonemes is None and spoken.phonemes is not None:
        notes["phonemes"] = "-"
    if line.chapter is None and usual_chapter(line) is not None:
        notes["chapter"] = "-"
    for name in NOTES:
        value = notes[name]
        if value is not None:
            yield f"    {name}: {escape(value)}"


def speaker_of(line: Line, script: Script) -> str | None:
    """Who speaks *line* when no note says otherwise: a sidebar's author, else its heading."""
    if line.role != "analyst" or line.sidebar is None:
        return None
    sidebar = script.sidebars[line.sidebar]
    return sidebar.author or sidebar.heading


def usual_chapter(line: Line) -> str | None:
    """The chapter that begins with *line* when no note says otherwise: headline and crossheads are one."""
    if line.kind == "headline" or (line.kind == "heading" and line.sidebar is None):
        return line.text
    return None


def _accounted(script: Script) -> Iterator[str]:
    for row in script.ledger:
        fate = "skip" if row.fate == "skipped" else row.fate
        yield f"[{fate}] {escape(str(row.line))}: {escape(row.text)}"
        if row.reason:
            yield f"    why: {escape(row.reason)}"
    for omission in script.omissions:
        yield f"[not in the audio] {omission.what}: {escape(omission.text)}"


def _front_matter(script: Script, engine: str, pauses: Pauses) -> Iterator[str]:
    yield 'narrator = "script"'
    yield "version = 1"
    yield from _pairs(
        title=script.title,
        source=script.source,
        language=script.language,
        published=script.published,
        address=script.address,
        outlet=script.outlet,
        post_id=script.post_id,
        engine=engine,
        start_ms=script.start_ms,
        warnings=list(script.warnings),
    )
    for person in script.byline:
        yield from ("", "[[byline]]", *_table(person))
    for sidebar in script.sidebars:
        yield from ("", "[[sidebars]]", *_table(sidebar))
    for picture in script.pictures:
        yield from ("", "[[pictures]]", *_table(picture))
    yield from ("", "[pauses]")
    yield from _pairs(**{f.name.removesuffix("_ms"): getattr(pauses, f.name) for f in fields(pauses)})


def _table(model: Person | Picture | Any) -> Iterator[str]:
    return _pairs(**{field.name: getattr(model, field.name) for field in fields(model)})


def _pairs(**values: Any) -> Iterator[str]:
    for name, value in values.items():
        if value is None or value in ([], ()):
            continue
        yield f"{name} = {toml_value(value)}"


_UNSAFE = re.compile(r"[\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|^\s|\s$")


def escape(text: str) -> str:
    r"""*text* on one line: backslashes, line breaks and control characters as ``\u{…}``.

    >>> escape("one\ntwo")
    'one\\u{a}two'
    """
    return _UNSAFE.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", text)


def unescape(text: str) -> str:
    r"""What `escape` was given; a number that stands for no character is left as it is.

    >>> unescape(r"one\u{a}two"), unescape(r"\u{110000}")
    ('one\ntwo', '\\u{110000}')
    """
    return _ESCAPED.sub(_character, text)


_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if number <= sys.maxunicode else found[0]
