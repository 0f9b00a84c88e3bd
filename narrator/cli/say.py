"""narrator say: hear, or see, how a line will be said."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.options import EngineName, PrintOptions, ShowFolder, VoiceName, show_folder

if TYPE_CHECKING:
    from narrator.say import Spoken
    from narrator.voices import Voice


class Role(StrEnum):
    """Who says it."""

    anchor = "anchor"
    analyst = "analyst"
    caption = "caption"
    quote = "quote"
    cue = "cue"


def command(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="What to say; - reads it from a pipe.")],
    only_text: Annotated[
        bool, typer.Option("--text", help="Show the spoken form; nothing is spoken.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write a WAV file, do not play it.")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="CODE", help="Language of the text: en, fr, pt-BR …"),
    ] = None,
    role: Annotated[Role, typer.Option("--role", help="Who says it.")] = Role.anchor,
    show: ShowFolder = None,
    voice: VoiceName = None,
    engine: EngineName = None,
    *,
    output: PrintOptions,
) -> int:
    """Hear how a line will be said, with the show's lexicon and voice; with --text, see it.

    A name that is said wrongly goes into the show's lexicon.toml; try it here until it sounds right.
    """
    from narrator.config import read_settings
    from narrator.say import read_lexicon, say_line, split_sentences
    from narrator.speak import choose_voice

    words = sys.stdin.read() if text == ["-"] else " ".join(text)
    folder = show_folder(show)
    settings = read_settings(folder, {"voice": voice, "engine": engine})
    code = language or settings.language
    chosen = choose_voice(code or "en", name=settings.voice, engine=settings.engine, show=folder)
    code = code or (chosen.language if chosen.language != "mul" else "en")
    lexicon = read_lexicon(folder, code)
    lines = [
        say_line(one, language=code, engine=chosen.engine, lexicon=lexicon)
        for one in split_sentences(words, code)
    ]
    if output.as_json:
        for line in lines:
            row = {"say": line.say, "phonemes": line.phonemes, "voice": chosen.name, "engine": chosen.engine}
            print(json.dumps(row, ensure_ascii=False))
    elif only_text:
        print("\n".join(line.say for line in lines))
    if not only_text and (out is not None or not output.as_json):
        written = _sound_out(lines, chosen, code, role, out)
        if written and output.for_people:
            print(written)
    return 0


def _sound_out(lines: list[Spoken], voice: Voice, language: str, role: Role, out: Path | None) -> str:
    """Play *lines*, or write them to *out*; what comes back says what was written, if anything was."""
    from narrator.cli.sounding import sound_out
    from narrator.speak import speak_sample

    phonemes = " ".join(line.phonemes or line.say for line in lines)
    sound = speak_sample(
        voice,
        " ".join(line.say for line in lines),
        language=language,
        role=role.value,
        phonemes=phonemes if any(line.phonemes for line in lines) else None,
    )
    written = sound_out(sound, out)
    return f"{written}: {len(sound.pcm) / 2 / sound.rate_hz:.1f} s, {voice.name}" if written else ""
