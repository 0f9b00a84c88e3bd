"""narrator voices: what can speak here, what each other engine lacks, samples, new Piper voices."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from narrator.cli.options import PrintOptions, ShowFolder, show_folder

if TYPE_CHECKING:
    from narrator.speak import Engine
    from narrator.voices import Voice

ACTIONS = ("list", "sample", "install", "catalogue")


def command(
    action: Annotated[
        str, typer.Argument(metavar="[list|sample|install|catalogue]", help="What to do.", show_default=False)
    ] = "list",
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Voices to hear, or to install.", show_default=False),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Only voices that read this language.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the sample as a WAV file.")
    ] = None,
    catalogue: Annotated[
        str | None, typer.Option("--catalogue", metavar="URL", help="Another catalogue of Piper voices.")
    ] = None,
    show: ShowFolder = None,
    *,
    output: PrintOptions,
) -> int:
    """List the voices, and what each engine needs; hear one; install neural voices.

    "narrator voices sample NAME" plays two sentences. "narrator voices catalogue --language fr" lists Piper
    voices, and "narrator voices install NAME OTHER" fetches some: the first reads the story, the others
    the sidebars.
    """
    from narrator.errors import ConfigError

    if action not in ACTIONS:
        from narrator.nearest import nearest

        near = nearest(action, ACTIONS, n=1)
        hint = f'Did you mean "{near[0]}"?' if near else f"Choose from: {', '.join(ACTIONS)}."
        raise ConfigError(f'voices cannot "{action}"', hint=hint)
    if action in ("sample", "install") and not names:
        raise ConfigError(f'which voice? "narrator voices {action} NAME"')
    folder = show_folder(show)
    if action == "sample":
        return _sample(names or [], folder, language, out, quiet=output.quiet)
    if action == "install":
        return _install(names or [], catalogue, quiet=output.quiet)
    if action == "catalogue":
        return _print_catalogue(catalogue, language, as_json=output.as_json)
    return _list(folder, language, as_json=output.as_json)


def _list(folder: Path, language: str | None, *, as_json: bool) -> int:
    from narrator.cli.errors import say
    from narrator.errors import NarratorError
    from narrator.speak import engine_names, find_engine
    from narrator.voices import find_voices, load_voice

    voices = []
    for path in find_voices(folder):
        try:
            voices.append(load_voice(path))
        except NarratorError as error:
            say(str(error))
    for name in engine_names():
        try:
            engine = find_engine(name)
        except NarratorError as error:
            say(str(error))
            continue
        own = [voice for voice in voices if voice.engine == name and _reads(voice, language)]
        if as_json:
            for voice in own:
                print(json.dumps(_facts(engine, voice), ensure_ascii=False))
        else:
            _print_engine(engine, own)
    return 0


def _reads(voice: Voice, language: str | None) -> bool:
    """Whether *voice* reads *language*, of whatever country."""
    if language is None or voice.language == "mul":
        return True
    return voice.language.partition("-")[0].casefold() == language.partition("-")[0].casefold()


def _facts(engine: Engine, voice: Voice) -> dict[str, Any]:
    lacks = engine.lacks(voice.cast("anchor"))
    return {
        "voice": voice.name,
        "engine": engine.name,
        "language": voice.language,
        "description": voice.description,
        "works": lacks is None,
        "lacks": lacks,
        "needs": engine.needs if lacks else "",
        "offline": engine.offline,
        "price_usd_per_million_characters": engine.price_usd,
        "analysts": len(voice.roles.get("analyst", ())),
    }


def _print_engine(engine: Engine, voices: list[Voice]) -> None:
    lacks = engine.lacks()
    spoken = engine.languages() if not lacks else ()
    count = "any language" if "mul" in spoken else f"{len(spoken)} language{'s' * (len(spoken) != 1)}"
    price = f"${engine.price_usd:g} per million characters" if engine.price_usd else "free"
    where = "on this machine" if engine.offline else "sends the text away"
    print(f"{engine.name}: {where}, {price}, " + (f"lacks: {lacks}. {engine.needs}" if lacks else count))
    for voice in voices:
        missing = engine.lacks(voice.cast("anchor"))
        note = f" (lacks: {missing})" if missing and missing != lacks else ""
        print(f"  {voice.name:16} {voice.language:7} {voice.description}{note}")


def _sample(names: list[str], folder: Path, language: str | None, out: Path | None, *, quiet: bool) -> int:
    from narrator.cli.sounding import sound_out
    from narrator.errors import ConfigError
    from narrator.speak import sample_text, speak_sample
    from narrator.voices import read_voice

    if out is not None and len(names) > 1:
        raise ConfigError("--out takes one voice at a time")
    for name in names:
        voice = read_voice(name, folder)
        code = language or (voice.language if voice.language != "mul" else "en")
        written = sound_out(speak_sample(voice, sample_text(code), language=code), out)
        if written and not quiet:
            print(written)
    return 0


def _install(names: list[str], catalogue: str | None, *, quiet: bool) -> int:
    import platformdirs

    from narrator.cli.errors import say
    from narrator.speak import find_engine
    from narrator.speak.engines.piper import voices_folder
    from narrator.speak.install import CATALOGUE, install_voices

    def show_bytes(name: str, done: int, total: int) -> None:
        if not quiet and sys.stderr.isatty():
            print(f"\r{name}: {done / 1e6:.1f} of {total / 1e6:.1f} MB ", end="", file=sys.stderr)

    path = install_voices(
        names,
        models=voices_folder(),
        voices=platformdirs.user_config_path("narrator") / "voices",
        catalogue=catalogue or CATALOGUE,
        on_bytes=show_bytes,
    )
    lacks = find_engine("piper").lacks()
    if lacks:
        say(f"piper: {lacks}. {find_engine('piper').needs}")
    if not quiet:
        print(f"Installed {', '.join(names)}. Use it: narrator make POST --voice {path.stem}  ({path})")
    return 0


def _print_catalogue(catalogue: str | None, language: str | None, *, as_json: bool) -> int:
    from narrator.speak.install import CATALOGUE, read_catalogue

    for name, offer in sorted(read_catalogue(catalogue or CATALOGUE).items()):
        tag = offer.tag
        if language and tag.partition("-")[0].casefold() != language.partition("-")[0].casefold():
            continue
        if as_json:
            row = {
                "voice": name,
                "language": tag,
                "speakers": offer.num_speakers,
                "size_bytes": offer.size_bytes,
            }
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(f"{name:34} {tag:7} {offer.size_bytes / 1e6:4.0f} MB  {offer.language.name_english}")
    return 0
