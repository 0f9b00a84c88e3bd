"""From clips to an episode in its folder, whoever made them: joined, written down, moved into place.

Everything is made in the show's scratch folder and renamed; the manifest goes last, so that whatever stops a
run leaves whole episodes or none.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from narrator import __version__
from narrator.config import Settings
from narrator.errors import ShowNotWritable
from narrator.join import join_clips
from narrator.models import Clip, Episode, Identity
from narrator.models.json import to_builtins, to_json
from narrator.run.show_files import show_file_digests
from narrator.run.telling import Telling
from narrator.shows import scratch_folder
from narrator.speak import ClipStore

UNSURE = 0.6
"""A sidebar whose end is decided with less confidence than this is named when an episode is made."""

KEEP_OLD_AUDIO_S = 7 * 24 * 3600
"""How long replaced audio stays for those who are downloading it."""


def finish_episode(
    telling: Telling,
    clips: list[Clip],
    identity: Identity,
    *,
    script_file: Callable[[], str],
    settings: Settings,
    store: ClipStore,
    bench: Path,
    show_folder: Path | None,
) -> Episode:
    """Join *clips* and write every file of the episode into *bench*, script and manifest included."""
    episode = join_clips(
        telling.script,
        clips,
        read_pcm=store.read_pcm,
        into=bench,
        identity=identity,
        settings=settings,
        voice=telling.voice,
        show_folder=show_folder,
    )
    notes = tuple(
        f"“{line.text[:40]}…”: {clip.note}"
        for line, clip in zip(telling.script.lines, clips, strict=True)
        if clip.note
    )
    files = show_file_digests(settings, show_folder) if show_folder else {}
    episode = replace(
        episode,
        script_key=script_key(telling, settings, files),
        made_with={"narrator": __version__, **episode.made_with},
        warnings=(*episode.warnings, *notes),
    )
    (bench / "script.md").write_text(script_file(), encoding="utf-8", errors="replace", newline="\n")
    (bench / "episode.json").write_bytes(to_json(episode))
    return episode


def script_key(telling: Telling, settings: Settings, files: Mapping[str, str]) -> str:
    """A digest of all that shapes an episode's files: equal keys mean nothing has to be made anew.

    The source's name is not part of it: a renamed file is the same post.

    Args:
        telling: the script and its voice.
        settings: the show's.
        files: digests of what they name, from `show_file_digests`.
    """
    sound = ("bitrate_kbps", "rate_hz", "loudness_lufs", "intro_music", "outro_music", "sidebar_sound")
    shape: dict[str, object] = {
        "form": 1,
        "script": to_builtins(replace(telling.script, warnings=(), source="")),
        "voice": to_builtins(telling.voice),
        "sound": {name: getattr(settings, name) for name in (*sound, "title", "image", "author")},
    }
    if files:
        shape["files"] = files
    return hashlib.sha256(to_json(shape)).hexdigest()[:32]


def commit_episode(bench: Path, folder: Path, episode: Episode) -> None:
    """Move a finished episode from *bench* to its *folder*, the manifest last.

    A new folder appears whole. In an existing one new audio and side files come first, then the
    manifest; replaced audio stays for a week, for those who are downloading it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not folder.exists():
        bench.replace(folder)
        return
    for made in sorted(bench.iterdir()):
        if made.name != "episode.json":
            made.replace(folder / made.name)
    (bench / "episode.json").replace(folder / "episode.json")
    kept = Path(episode.audio.path).name
    for audio in (*folder.glob("*.mp3"), *folder.glob("*.m4a")):
        if audio.name != kept and time.time() - audio.stat().st_mtime > KEEP_OLD_AUDIO_S:
            audio.unlink()


@contextmanager
def workbench(show: Path) -> Iterator[Path]:
    """A folder on the show's disk to make one episode in; gone at the end, whatever happens."""
    bench = scratch_folder(show) / "work" / secrets.token_hex(6)
    bench.mkdir(parents=True)
    try:
        yield bench
    except OSError as error:
        raise ShowNotWritable(
            f"writing failed ({error.strerror or error})",
            where=str(show),
            hint="Make room or mend the folder, then run it again; what was voiced is kept.",
        ) from error
    finally:
        shutil.rmtree(bench, ignore_errors=True)


def warnings_of(episode: Episode) -> list[str]:
    """What a person should know of an episode: uncertain sidebars, what is not in the audio, notes."""
    told = list(episode.warnings)
    for sidebar in episode.sidebars:
        if sidebar.confidence < UNSURE:
            told.append(f"the end of the sidebar “{sidebar.heading}” is uncertain ({sidebar.confidence:.0%})")
    told += [f"not in the audio: {text}" for text in episode.not_in_audio]
    return told
