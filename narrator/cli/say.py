"""narrator say: hear, or see, how a line will be said."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from narrator.cli.options import AsJson, Debug, EngineName, Quiet, ShowFolder, VoiceName, show_folder

ROLES = ("anchor", "analyst", "caption", "quote", "cue")


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
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help=f"Who says it: {', '.join(ROLES)}.")
    ] = "anchor",
    show: ShowFolder = None,
    voice: VoiceName = None,
    engine: EngineName = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Hear how a line will be said, with the show's lexicon and voice; with --text, see it.

    A name that is said wrongly goes into the show's lexicon.toml; try it here until it sounds right.
    """
    from narrator.cli.sounding import sound_out
    from narrator.config import read_settings
    from narrator.errors import ConfigError
    from narrator.say import read_lexicon, say_line, split_sentences
    from narrator.speak import choose_voice, speak_sample

    if role not in ROLES:
        raise ConfigError(f'no role "{role}"', hint=f"Roles are {', '.join(ROLES)}.")
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
    if as_json:
        for line in lines:
            row = {"say": line.say, "phonemes": line.phonemes, "voice": chosen.name, "engine": chosen.engine}
            print(json.dumps(row, ensure_ascii=False))
    elif only_text:
        print("\n".join(line.say for line in lines))
    if only_text or (as_json and out is None):
        return 0
    said = " ".join(line.say for line in lines)
    phonemes = " ".join(line.phonemes or line.say for line in lines)
    sound = speak_sample(
        chosen,
        said,
        language=code,
        role=role,  # type: ignore[arg-type]
        phonemes=phonemes if any(line.phonemes for line in lines) else None,
    )
    written = sound_out(sound, out)
    if written and not quiet and not as_json:
        print(f"{written}: {len(sound.pcm) / 2 / sound.rate_hz:.1f} s, {chosen.name}")
    return 0
