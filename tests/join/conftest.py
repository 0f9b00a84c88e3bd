"""A studio for tests: lines and their sounds made to measure, joined for real."""

from __future__ import annotations

import math
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from narrator.config import Settings
from narrator.join import join_clips
from narrator.models import Clip, Episode, Identity, Line, Person, Script
from narrator.sound.energy import measure
from narrator.sound.ffmpeg import ffmpeg_binary
from narrator.voices import Casting, Voice

ADDED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
IDENTITY = Identity(
    guid="1f0e", slug="harbour-reopens", added=ADDED, show_guid="77aa", show_title="Saltwick Notes"
)


VOICE = Voice(
    engine="test",
    language="en",
    roles={"anchor": (Casting("low"),), "analyst": (Casting("high"),), "caption": (Casting("mid"),)},
    name="test-voice",
)


def sound(seconds: float, *, rate_hz: int = 22050, level: float = 0.2, hz: float = 220) -> bytes:
    """A hum with syllables, 20 ms of silence at either end, as clips are."""
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    hum = np.sin(math.tau * hz * times) + 0.5 * np.sin(math.tau * 5 * hz * times)
    # Uneven, as speech is: when every syllable is alike, a hair decides which blocks the gate counts.
    syllables = 0.6 - 0.25 * np.cos(math.tau * 4.3 * times) - 0.15 * np.cos(math.tau * 0.7 * times)
    wave = level * hum / 1.5 * syllables
    margin = rate_hz // 50
    wave[:margin] = wave[len(wave) - margin :] = 0
    return (wave * 32767).astype("<i2").tobytes()


@dataclass
class Studio:
    """Lines with their clips, in the order they were added."""

    title: str = "Harbour reopens after storm"
    lines: list[Line] = field(default_factory=list)
    clips: list[Clip] = field(default_factory=list)
    sounds: dict[str, bytes] = field(default_factory=dict)
    voice: Voice = VOICE
    facts: dict[str, Any] = field(default_factory=dict)

    def add(
        self, text: str, pcm: bytes | None = None, *, rate_hz: int = 22050, pause_ms: int = 350, **facts: Any
    ) -> Line:
        """A line that sounds like *pcm*, or like a hum of a length that fits it."""
        number = len(self.lines) + 1
        words = facts.pop("words", ())
        line = Line(
            **{"id": f"a{number}", "role": "anchor", "kind": "paragraph", "block": None}
            | facts
            | {"text": text, "say": facts.get("say", text), "pause_ms": pause_ms}
        )
        pcm = sound(0.2 + 0.06 * len(text), rate_hz=rate_hz) if pcm is None else pcm
        energies, peak = measure(pcm, rate_hz)
        key = f"key{number}"
        self.sounds[key] = pcm
        self.lines.append(line)
        self.clips.append(Clip(line.id, key, len(pcm) // 2, rate_hz, energies, peak, tuple(words)))
        return line

    @property
    def script(self) -> Script:
        """What the lines make."""
        defaults: dict[str, Any] = {
            "source": "harbour.txt",
            "byline": (Person("Ann Example"), Person("Ben Sample")),
            "published": datetime(2015, 9, 18, tzinfo=UTC),
            "address": "https://example.org/2015/09/harbour.html",
        }
        return Script(self.title, tuple(self.lines), **(defaults | self.facts))

    def join(
        self,
        into: Path,
        show: Path | None = None,
        read_pcm: Callable[[str], bytes] | None = None,
        **settings: Any,
    ) -> Episode:
        """The episode, its files in *into*."""
        into.mkdir(parents=True, exist_ok=True)
        return join_clips(
            self.script,
            self.clips,
            read_pcm=read_pcm or self.sounds.__getitem__,
            into=into,
            identity=IDENTITY,
            settings=replace(Settings(), **settings),
            voice=self.voice,
            show_folder=show,
        )


@pytest.fixture
def studio() -> Studio:
    """An empty studio."""
    return Studio()


@pytest.fixture
def harbour(studio: Studio) -> Studio:
    """A short story with a sidebar by another voice, half as loud."""
    studio.add("Harbour reopens after storm", pause_ms=900, kind="headline", chapter=studio.title)
    studio.add("Boats returned to Saltwick harbour on Friday.", block="p1")
    studio.add("“We missed the sea,” said Ann Example.", pause_ms=1000, block="p1")
    facts: dict[str, Any] = {"sidebar": 0, "speaker": "Cora Placeholder"}
    studio.add(
        "Analysis, by Cora Placeholder.",
        role="cue",
        kind="cue",
        pause_ms=700,
        sidebar=0,
        chapter="Analysis: Cora Placeholder",
    )
    soft = sound(3.0, level=0.05, hz=330)
    studio.add("The sea wall was built for smaller waves.", soft, role="analyst", pause_ms=1000, **facts)
    back = "Main story, continued"
    studio.add("Back to the main story.", role="cue", kind="cue", pause_ms=700, chapter=back)
    studio.add("The fish market opens again on Monday & Tuesday.", pause_ms=1200, block="p3")
    return studio


def decoded(mp3: Path, channels: int = 1) -> tuple[np.ndarray[Any, Any], int]:
    """The sound of *mp3* as floats, one row for each channel, and its rate; decoded by ffmpeg."""
    command = [ffmpeg_binary(), "-hide_banner", "-nostdin", "-i", str(mp3), "-map", "0:a:0"]
    done = subprocess.run(
        [*command, "-ac", str(channels), "-f", "f32le", "-"], capture_output=True, check=True
    )
    rate_hz = int(re.findall(rb"Audio: mp3.*?(\d+) Hz", done.stderr)[0])
    return np.frombuffer(done.stdout, "<f4").reshape(-1, channels).T, rate_hz


def metered(mp3: Path) -> tuple[float, float]:
    """Integrated loudness and true peak of *mp3* as ffmpeg's ebur128 meters them."""
    command = [ffmpeg_binary(), "-hide_banner", "-nostdin", "-i", str(mp3), "-map", "0:a:0"]
    command += ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = said[said.rindex("Summary:") :].split()
    return float(summary[summary.index("I:") + 1]), float(summary[summary.index("Peak:") + 1])


Meter = Callable[[Path], tuple[float, float]]


@pytest.fixture
def meter() -> Meter:
    """`metered`."""
    return metered


@pytest.fixture
def decode_mp3() -> Callable[..., tuple[np.ndarray[Any, Any], int]]:
    """`decoded`."""
    return decoded


@pytest.fixture
def make_sound() -> Callable[..., bytes]:
    """`sound`."""
    return sound
