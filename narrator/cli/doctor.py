"""narrator doctor: what is here, what lacks, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from narrator.cli.options import AsJson, Debug, ShowFolder, show_folder
from narrator.cli.words import counted


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    fine: bool
    needed: bool
    """Nothing works without it."""
    said: str
    """Version or state, or what lacks and what to do."""


def command(show: ShowFolder = None, as_json: AsJson = False, debug: Debug = False) -> int:
    """Look at this machine and the show: what works, what lacks, what to do.

    Ends with 2 when something that every episode needs is missing.
    """
    findings = list(_look(show_folder(show)))
    for finding in findings:
        if as_json:
            print(json.dumps(asdict(finding), ensure_ascii=False))
        else:
            mark = "ok  " if finding.fine else "LACK" if finding.needed else "-   "
            print(f"{mark} {finding.what}: {finding.said}")
    return 2 if any(finding.needed and not finding.fine for finding in findings) else 0


def _look(folder: Path) -> Iterator[Finding]:
    import sys

    from narrator import __version__
    from narrator.speak import engine_names

    yield Finding("narrator", True, True, f"{__version__} on Python {sys.version.split()[0]}")
    yield _tried("encoder", _encoder, needed=True)
    for name in engine_names():
        if name != "tone":
            yield _engine(name)
    yield _tried("show", lambda: _show(folder), needed=False)
    yield _tried("disk", lambda: _disk(folder), needed=False)


def _tried(what: str, look: Callable[[], str], *, needed: bool) -> Finding:
    from narrator.errors import NarratorError

    try:
        return Finding(what, True, needed, look())
    except NarratorError as error:
        return Finding(what, False, needed, str(error))


def _encoder() -> str:
    from narrator.sound.ffmpeg import ffmpeg_version

    return f"ffmpeg {ffmpeg_version()}"


def _engine(name: str) -> Finding:
    from narrator.errors import NarratorError
    from narrator.speak import find_engine

    needed = name == "espeak"
    try:
        engine = find_engine(name)
        lacks = engine.lacks()
    except NarratorError as error:
        return Finding(f"engine {name}", False, needed, str(error))
    if lacks:
        return Finding(f"engine {name}", False, needed, f"{lacks}. {engine.needs}".strip())
    where = "works on this machine alone" if engine.offline else "sends the text to a service"
    return Finding(f"engine {name}", True, needed, where)


def _show(folder: Path) -> str:
    from narrator.config import read_settings
    from narrator.shows import read_episodes

    if not folder.exists():
        return f"none yet at {folder}; narrator make makes it"
    settings = read_settings(folder)
    episodes = counted(len(read_episodes(folder)), "episode")
    address = settings.base_url or "no base_url yet: set it in show.toml before you publish"
    return f"{folder}: “{settings.title}”, {episodes}, {address}"


def _disk(folder: Path) -> str:
    import shutil

    here = folder
    while not here.exists():
        here = here.parent
    free = shutil.disk_usage(here).free
    return f"{free / 1e9:.1f} GB free, about {free / 30e6:,.0f} hours of audio"
