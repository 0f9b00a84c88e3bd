"""A script in the forms other programs take: JSON, plain text, SSML; and the ledger for people."""

from __future__ import annotations

import json
from collections.abc import Iterator

from narrator.models import Script
from narrator.models.json import to_builtins, to_json


def script_as_json(script: Script) -> str:
    """The script as one JSON object, in the shape that tools outside rely on.

    `published` is a day (YYYY-MM-DD) or null. Keys beyond the documented ones may come.
    """
    shown = {
        "title": script.title,
        "byline": script.byline,
        "published": script.published.date().isoformat() if script.published else None,
        "language": script.language,
        "source": script.source,
        "address": script.address,
        "outlet": script.outlet,
        "sidebars": script.sidebars,
        "blocks": script.blocks,
        "lines": script.lines,
        "ledger": script.ledger,
        "pictures": script.pictures,
        "omissions": script.omissions,
        "warnings": script.warnings,
        "start_ms": script.start_ms,
    }
    try:
        return to_json(shown).decode()
    except UnicodeEncodeError:  # half of a surrogate pair, which Python's own writer passes on
        text = json.dumps(to_builtins(shown), ensure_ascii=False, indent=1)
        return text.encode("utf-8", "replace").decode() + "\n"


def script_as_text(script: Script) -> str:
    """What will be said, as plain text: a paragraph a block, the speaker named where that changes."""
    parts: list[str] = []
    speaker: str | None = None
    block: str | None = None
    for line in script.lines:
        if line.block is not None and line.block == block:
            parts[-1] += f" {line.text}"
            continue
        block = line.block
        named = line.speaker if line.role == "analyst" else None
        opened = f"{named}: " if named and named != speaker else ""
        speaker = named if line.role != "caption" else speaker
        parts.append(opened + line.text)
    return "\n\n".join(parts) + "\n"


def script_as_ssml(script: Script) -> str:
    """What will be said as SSML 1.1: one voice element a role, pauses as breaks, texts as spoken.

    See https://www.w3.org/TR/speech-synthesis11/ for the elements.
    """
    from xml.sax.saxutils import escape, quoteattr  # brings urllib.request along

    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis"'
        f" xml:lang={quoteattr(script.language)}>",
        f'<break time="{script.start_ms}ms"/>',
    ]
    for line in script.lines:
        own = f" xml:lang={quoteattr(line.language)}" if line.language else ""
        said = escape(_xml_safe(line.say))
        name = quoteattr(line.role)
        rows.append(f'<voice name={name}><s{own}>{said}</s></voice><break time="{line.pause_ms}ms"/>')
    return "\n".join([*rows, "</speak>"]) + "\n"


def _xml_safe(text: str) -> str:
    """*text* without the characters XML 1.0 has no way to write."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


def explain(script: Script, width: int = 100) -> str:
    """The ledger at a glance: what is left out first, then what was cut, then the sidebars' ends.

    Args:
        script: the script whose ledger is shown.
        width: columns a row may take.
    """
    rows = list(_explained(script, width))
    return "\n".join(rows) + "\n"


def _explained(script: Script, width: int) -> Iterator[str]:
    fates = {"skipped": "Left out", "rewritten": "Spoken in part, or worded otherwise", "spoken": "Spoken"}
    for fate, heading in fates.items():
        found = [row for row in script.ledger if row.fate == fate]
        yield f"{heading}: {len(found)} line{'s' if len(found) != 1 else ''}"
        for row in found if fate != "spoken" else ():
            place = str(row.line)
            text = " ".join(row.text.split())
            room = max(20, width - len(place) - len(row.reason) - 8)
            shown = text if len(text) <= room else text[: room - 1] + "…"
            yield f"  {place}: {shown}  ({row.reason})"
    for omission in script.omissions:
        yield f"Not in the audio: {omission.what}: {omission.text}"
    for number, sidebar in enumerate(script.sidebars, 1):
        who = f" by {sidebar.author}" if sidebar.author else ""
        sure = "marked" if sidebar.confidence >= 1 else f"{sidebar.confidence:.0%} sure of its end"
        yield f"Sidebar {number}: {sidebar.kind}, “{sidebar.heading}”{who} ({sure})"
        yield from (f"  a sidebar because {reason}" for reason in sidebar.opened)
        yield from (f"  because {reason}" for reason in sidebar.evidence)
    yield from (f"Note: {warning}" for warning in script.warnings)
