import json
import re

from hypothesis import given
from hypothesis import strategies as st

from narrator.join import transcript
from narrator.models import SpokenLine


def line(text: str, start: float, end: float, **facts) -> SpokenLine:
    words = tuple(facts.pop("words", ()))
    speaker = facts.pop("speaker", "Narrator")
    return SpokenLine(
        f"a{start}", "anchor", "paragraph", text, text, speaker, start, end, words=words, **facts
    )


LINES = [
    line("Fish & chips <cost> more.", 0.3, 2.0, block="p1"),
    line("So does bread.", 2.35, 3.5, block="p1"),
    line("“It is the flour,” she said.", 3661.5, 3663.25, speaker="Cora Placeholder", block="p2"),
    line("Milk is next.", 3664.0, 3665.0, block="p3"),
]


def test_vtt_has_one_cue_for_each_line_with_its_speaker():
    assert transcript.vtt(LINES[:1] + LINES[2:3]) == (
        "WEBVTT\n\n"
        "a0.3\n00:00:00.300 --> 00:00:02.000\n<v Narrator>Fish &amp; chips &lt;cost&gt; more.\n\n"
        "a3661.5\n01:01:01.500 --> 01:01:03.250\n<v Cora Placeholder>“It is the flour,” she said.\n"
    )


def test_json_has_one_segment_for_each_line():
    data = json.loads(transcript.json(LINES))
    assert isinstance(data["version"], str)
    assert [one["body"] for one in data["segments"]] == [one.text for one in LINES]
    assert data["segments"][2] == {
        "speaker": "Cora Placeholder",
        "startTime": 3661.5,
        "endTime": 3663.25,
        "body": "“It is the flour,” she said.",
    }


def test_plain_text_has_the_paragraphs_and_names_speakers_where_they_change():
    assert transcript.plain("Prices", LINES) == (
        "Prices\n\n"
        "Narrator:\nFish & chips <cost> more. So does bread.\n\n"
        "Cora Placeholder:\n“It is the flour,” she said.\n\n"
        "Narrator:\nMilk is next.\n"
    )


def cues(srt: str) -> list[tuple[float, float, list[str]]]:
    parsed = []
    for number, block in enumerate(srt.strip("\n").split("\n\n"), 1):
        count, times, *rows = block.split("\n")
        assert count == str(number)
        start, end = (
            (int(h) * 3_600_000 + int(m) * 60_000 + int(s) * 1000 + int(ms)) / 1000
            for h, m, s, ms in re.findall(r"(\d\d):(\d\d):(\d\d),(\d{3})", times)
        )
        parsed.append((start, end, rows))
    return parsed


def test_srt_names_a_speaker_only_where_the_speaker_changes():
    firsts = [rows[0] for _, _, rows in cues(transcript.srt(LINES))]
    assert firsts == [
        "Narrator: Fish & chips <cost>",
        "So does bread.",
        "Cora Placeholder: “It is the",
        "Narrator: Milk is next.",
    ]


def test_srt_cuts_where_the_engine_says_the_words_are():
    text = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    words = [(10 + number**2 / 25, word) for number, word in enumerate(text.split())]
    got = cues(transcript.srt([line(text, 10.0, 20.0, words=words, speaker="N")]))
    said = {word: start for start, word in words}
    assert len(got) > 1
    for start, _, rows in got[1:]:
        assert abs(start - said[rows[0].split()[0]]) < 0.001


text = st.lists(
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=45), min_size=1, max_size=60
)


@given(text, st.integers(200, 60_000))
def test_srt_loses_no_word_keeps_the_size_and_covers_the_line(words, length_ms):
    one = line(" ".join(words), 5.0, round(5 + length_ms / 1000, 3), speaker="N")
    got = cues(transcript.srt([one]))
    assert "".join("".join(rows) for _, _, rows in got).replace(" ", "") == "N:" + "".join(words)
    assert all(len(rows) <= 2 and len(row) <= 32 for _, _, rows in got for row in rows)
    assert (got[0][0], got[-1][1]) == (one.start, one.end)
    assert [end for _, end, _ in got[:-1]] == [start for start, _, _ in got[1:]]
