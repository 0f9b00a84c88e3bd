from hypothesis import given
from hypothesis import strategies as st

from narrator.join.timeline import PlacedMusic, lay_out
from narrator.models import Clip, Line, Script

RATE = 22050


def line(number: int, pause_ms: int, sidebar: int | None = None) -> Line:
    return Line(f"a{number}", "anchor", "paragraph", "text", "text", pause_ms, sidebar=sidebar)


def clip(number: int, samples: int, rate_hz: int = RATE) -> Clip:
    return Clip(f"a{number}", f"key{number}", samples, rate_hz)


def script(*lines: Line, start_ms: int = 300) -> Script:
    return Script("Title", lines, "file.txt", start_ms=start_ms)


def test_first_line_follows_the_start_silence_and_pauses_follow_lines():
    laid = lay_out(script(line(1, 1000), line(2, 500)), [clip(1, 100), clip(2, 200)], RATE)
    assert [(one.start, one.end) for one in laid.lines] == [(6615, 6715), (28765, 28965)]
    assert laid.samples == 28965 + 11025


def test_clip_of_another_rate_keeps_its_duration():
    laid = lay_out(script(line(1, 0)), [clip(1, 16000, 16000)], 24000)
    assert laid.lines[0].samples == 24000


def test_music_stands_before_after_and_where_a_sidebar_begins_and_ends():
    lines = [line(1, 100), line(2, 100, sidebar=0), line(3, 100, sidebar=0), line(4, 100)]
    clips = [clip(number, 1000) for number in range(1, 5)]
    laid = lay_out(script(*lines), clips, RATE, {"intro": 5000, "sidebar": 300, "outro": 7000})
    names = [piece.name if isinstance(piece, PlacedMusic) else piece.id for piece in laid.pieces]
    assert names == ["intro", "a1", "sidebar", "a2", "a3", "sidebar", "a4", "outro"]
    assert laid.pieces[1].start == 5000 + 6615
    assert laid.pieces[2].start - laid.pieces[1].end == 2205
    assert laid.pieces[3].start - laid.pieces[2].end == 6615
    assert laid.samples == laid.pieces[-1].end


pauses = st.integers(0, 3000)
lengths = st.one_of(st.just(0), st.integers(1, 200_000))


@given(st.lists(st.tuples(lengths, pauses), min_size=1, max_size=40), st.sampled_from([8000, 22050, 44100]))
def test_nothing_is_lost_reordered_or_overlaps(pieces, rate_hz):
    lines = [line(number, pause) for number, (_, pause) in enumerate(pieces)]
    clips = [clip(number, length, rate_hz) for number, (length, _) in enumerate(pieces)]
    laid = lay_out(script(*lines), clips, rate_hz)
    assert [one.id for one in laid.lines] == [c.line_id for c in clips if c.samples]
    at = 300 * rate_hz // 1000
    for one in laid.lines:
        assert one.start == at
        at = one.end + one.line.pause_ms * rate_hz // 1000
    assert laid.samples == at
