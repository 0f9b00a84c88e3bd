from narrator.join.chapters import make_chapters
from narrator.join.timeline import lay_out
from narrator.models import Clip, Line, Script


def chapters_of(*marks: str | None) -> list[tuple[float, str]]:
    lines = tuple(
        Line(f"a{n}", "anchor", "paragraph", "x", "x", 0, chapter=mark) for n, mark in enumerate(marks)
    )
    clips = [Clip(line.id, line.id, 8000, 8000) for line in lines]
    script = Script("The story", lines, "file.txt", start_ms=500)
    return [(one.start, one.title) for one in make_chapters(lay_out(script, clips, 8000), script.title)]


def test_first_chapter_begins_at_zero_and_the_others_with_their_line():
    assert chapters_of("Headline", None, "Part") == [(0.0, "Headline"), (2.5, "Part")]


def test_what_is_before_the_first_mark_is_named_after_the_story():
    assert chapters_of(None, "Part") == [(0.0, "The story"), (1.5, "Part")]


def test_equal_titles_are_told_apart():
    continued = "Main story, continued"
    assert [title for _, title in chapters_of("H", continued, "B", continued, "main story, Continued")] == [
        "H",
        continued,
        "B",
        f"{continued} (2)",
        "main story, Continued (3)",
    ]


def test_title_is_on_one_line():
    assert chapters_of("Two\n  rows") == [(0.0, "Two rows")]
