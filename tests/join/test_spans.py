from itertools import pairwise

import numpy as np
import pytest

from narrator.join import spans
from narrator.join.spans import FRAME, cut_in_spans
from narrator.join.timeline import lay_out
from narrator.models import Clip, Line, Script


def timeline_of(seconds: list[float], pause_ms: int = 600, rate_hz: int = 22050):
    lines = tuple(Line(f"a{n}", "anchor", "paragraph", "x", "x", pause_ms) for n in range(len(seconds)))
    clips = [
        Clip(line.id, line.id, round(s * rate_hz), rate_hz) for line, s in zip(lines, seconds, strict=True)
    ]
    return lay_out(Script("T", lines, "f.txt"), clips, rate_hz)


def test_sound_is_cut_in_the_pause_nearest_to_the_middle():
    timeline = timeline_of([5, 14, 4, 5, 6])
    first, second = cut_in_spans(timeline)
    assert len(first.pieces) == 2
    assert first.end % FRAME == 0
    assert first.pieces[-1].end + FRAME <= first.end
    assert first.reach == second.start
    assert second.start + FRAME <= second.pieces[0].start


@pytest.mark.parametrize("count", [10, 37, 400])
def test_long_sound_is_cut_in_parts_that_are_about_equal(count):
    timeline = timeline_of([4 + n % 5 for n in range(count)])
    parts = cut_in_spans(timeline)
    assert len(parts) == min(spans.MOST, timeline.samples // (spans.SHORTEST_S * 22050))
    assert (parts[0].start, parts[-1].end) == (0, timeline.samples)
    assert sum((part.pieces for part in parts), ()) == timeline.pieces
    for before, after in pairwise(parts):
        assert before.pieces[-1].end + FRAME <= before.end
        assert before.reach == after.start <= after.pieces[0].start - FRAME
        assert (before.end - before.start) % FRAME == 0
    lengths = [part.end - part.start for part in parts]
    assert max(lengths) - min(lengths) < 2 * 9 * 22050


@pytest.mark.parametrize(
    "timeline",
    [timeline_of([3, 4]), timeline_of([60]), timeline_of([15, 15], pause_ms=50)],
    ids=["short", "one line", "no pause to cut in"],
)
def test_otherwise_there_is_one_span(timeline):
    (only,) = cut_in_spans(timeline)
    assert (only.start, only.end, only.pieces) == (0, timeline.samples, timeline.pieces)


@pytest.mark.parametrize("rate_hz", [8000, 16000, 22050, 24000, 44100, 48000])
def test_several_encoders_sound_like_one(studio, tmp_path, decode_mp3, monkeypatch, make_sound, rate_hz):
    for seconds in 3 * (4.0, 6.0, 5.0, 6.5, 4.5):
        studio.add(
            "Some words to go with it.", make_sound(seconds, rate_hz=rate_hz), rate_hz=rate_hz, pause_ms=900
        )
    several = studio.join(tmp_path / "several")
    monkeypatch.setattr(spans, "SHORTEST_S", 1000)
    one = studio.join(tmp_path / "one")
    assert several.lines == one.lines
    heard = [decode_mp3(next((tmp_path / name).glob("*.mp3")))[0][0] for name in ("one", "several")]
    assert heard[0].size == heard[1].size
    off = heard[0] - heard[1]
    # The encoders differ by rounding only; a shift by one sample would be off by 0.03 already.
    assert np.abs(off).max() < 0.02
