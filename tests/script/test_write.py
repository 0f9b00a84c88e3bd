from datetime import UTC, datetime
from typing import Any

from narrator.config import Settings
from narrator.models import LedgerRow, Line, Script, Sidebar
from narrator.script import write_script
from narrator.voices import Casting, Pauses, Voice
from tests.script.articles import NOW, STORY, blocks, make_article

VOICE = Voice(engine="tone", language="en", roles={"anchor": (Casting("a"),)}, name="test")


def told(settings: Settings | None = None, **changes: Any) -> Script:
    return write_script(make_article(**changes), settings=settings or Settings(), voice=VOICE, now=NOW)


def texts(script: Script) -> list[str]:
    return [line.text for line in script.lines]


def after(script: Script, text: str) -> int:
    return next(line.pause_ms for line in script.lines if line.text == text)


def line(script: Script, text: str) -> Line:
    return next(line for line in script.lines if line.text == text)


def test_story_is_told_in_reading_order_with_its_cues() -> None:
    assert texts(told()) == [
        "Strait reopens",
        "First published on 18 September 2015.",
        "The strait is open again.",
        "Boats left at dawn.",
        "Caption.",
        "Boats had been idle since July",
        "Prices doubled while it was closed.",
        "Analysis, by Peter Harrow, Europe correspondent.",
        "Caption.",
        "Skippers were never told why",
        "On paper this is about cod.",
        "Will it last?",
        "Back to the main story.",
        "Sixty boats may enter from Friday.",
        "Long nights",
        "We counted fish by fish.",
        "Inspectors return in May",
        "This article was corrected on Monday.",
        "From The Tidewater Post.",
        "Read by synthetic voices.",
    ]


def test_sidebar_speaks_in_the_analysts_role_and_name() -> None:
    script = told()
    spoken = line(script, "On paper this is about cod.")
    assert (spoken.role, spoken.speaker, spoken.sidebar) == ("analyst", "Peter Harrow", 0)
    caption = line(script, "Skippers were never told why")
    assert (caption.role, caption.speaker, caption.sidebar) == ("caption", None, 0)
    assert line(script, "Sixty boats may enter from Friday.").role == "anchor"


def test_sidebar_without_author_is_spoken_under_its_heading() -> None:
    script = told(sidebars=(Sidebar("explainer", "What is a strait?"),))
    assert line(script, "Will it last?").speaker == "What is a strait?"


def test_silences_are_those_of_the_voice_file() -> None:
    script = told()
    assert script.start_ms == 300
    assert after(script, "Strait reopens") == 900
    assert after(script, "First published on 18 September 2015.") == 700
    assert after(script, "The strait is open again.") == 350
    assert after(script, "Boats left at dawn.") == 700
    assert script.lines[4].pause_ms == 250
    assert after(script, "Boats had been idle since July") == 700
    assert after(script, "Prices doubled while it was closed.") == 1000
    assert after(script, "Analysis, by Peter Harrow, Europe correspondent.") == 700
    assert after(script, "Will it last?") == 1000
    assert after(script, "Back to the main story.") == 700
    assert after(script, "Sixty boats may enter from Friday.") == 700
    assert after(script, "We counted fish by fish.") == 600
    assert script.lines[-1].pause_ms == 1200


def test_chapters_begin_at_headline_sidebar_return_and_crossheads() -> None:
    chapters = [line.chapter for line in told().lines if line.chapter]
    assert chapters == ["Strait reopens", "Analysis: Peter Harrow", "Main story, continued", "Long nights"]


def test_no_return_cue_where_the_story_ends_with_the_sidebar() -> None:
    assert "Back to the main story." not in texts(told(blocks=STORY[:5]))


def test_no_return_cue_between_two_sidebars() -> None:
    two = blocks(("paragraph", "Story.", None), ("paragraph", "One.", 0), ("paragraph", "Two.", 1))
    sidebars = (Sidebar("analysis", "Analysis", "A. Moor"), Sidebar("timeline", "Timeline"))
    script = told(blocks=two, sidebars=sidebars, published=None, outlet=None)
    assert texts(script)[1:] == [
        "Story.",
        "Analysis, by A. Moor.",
        "One.",
        "Timeline.",
        "Two.",
        "Read by synthetic voices.",
    ]


def test_fresh_post_is_told_without_its_date() -> None:
    script = told(published=datetime(2026, 2, 20, tzinfo=UTC))
    assert not any("First published" in text for text in texts(script))


def test_captions_gathered_at_the_end_lose_nothing() -> None:
    script = told(Settings(captions="end"))
    told_texts = texts(script)
    assert "Caption." not in told_texts
    end = told_texts.index("Picture captions.")
    assert told_texts[end + 1 : end + 3] == ["Boats had been idle since July", "Skippers were never told why"]


def test_sidebars_after_the_story_leave_the_story_whole() -> None:
    script = told(Settings(sidebars="end"))
    told_texts = texts(script)
    assert "Back to the main story." not in told_texts
    assert (
        told_texts.index("Sixty boats may enter from Friday.")
        == told_texts.index("Prices doubled while it was closed.") + 1
    )
    assert told_texts.index("Will it last?") > told_texts.index("This article was corrected on Monday.")


def test_what_a_policy_leaves_out_is_skipped_in_the_ledger_with_the_reason() -> None:
    script = told(Settings(captions="skip", sidebars="skip"))
    fates = {row.text: (row.fate, row.reason) for row in script.ledger}
    assert fates["Boats had been idle since July"] == ("skipped", "captions are left out by this show")
    assert fates["On paper this is about cod. Will it last?"] == (
        "skipped",
        "sidebars are left out by this show",
    )
    assert fates["Sixty boats may enter from Friday."][0] == "spoken"
    assert not any(line.role in ("analyst", "caption") for line in script.lines)


def test_punctuation_alone_is_not_said_and_is_accounted_for() -> None:
    script = told(blocks=(*STORY[:1], *blocks(("paragraph", "* * *", None))))
    assert "* * *" not in texts(script)


def test_ids_of_other_lines_stay_when_one_is_added() -> None:
    before = {line.text: line.id for line in told().lines if line.text != "Caption."}
    more = (*STORY[:2], *blocks(("paragraph", "A new sentence stands here.", None)), *STORY[2:])
    after_ids = {line.text: line.id for line in told(blocks=more).lines}
    assert all(after_ids[text] == own for text, own in before.items())


def test_ids_are_unique_though_cues_repeat() -> None:
    ids = [line.id for line in told().lines]
    assert len(set(ids)) == len(ids)


def test_intro_and_outro_fill_in_what_the_post_has() -> None:
    settings = Settings(title="Tidings", intro="This is {show}.", outro="By {byline}, {date}.")
    script = told(settings)
    assert texts(script)[0] == "This is Tidings."
    assert "By Ada Moor, 18 September 2015." in texts(script)


def test_pauses_follow_another_voice_file() -> None:
    slow = Voice("tone", "en", {"anchor": (Casting("a"),)}, pauses=Pauses(sentence_ms=123, end_ms=9))
    script = write_script(make_article(), settings=Settings(), voice=slow, now=NOW)
    assert after(script, "The strait is open again.") == 123
    assert script.lines[-1].pause_ms == 9


def test_heading_of_a_sidebar_that_is_left_out_is_skipped_with_it() -> None:
    heading = LedgerRow(9, "Analysis: Peter Harrow, Europe correspondent", "rewritten", "announces a sidebar")
    script = told(Settings(sidebars="skip"), ledger=(heading,))
    assert script.ledger[0].fate == "skipped"


def test_short_crosshead_that_is_left_out_takes_no_other_row_along() -> None:
    row = LedgerRow(
        4, "Long nights followed, and nobody in the harbour slept until the boats were in.", "spoken"
    )
    script = told(Settings(headings="skip"), ledger=(row, LedgerRow(5, "Long nights", "spoken")))
    assert [one.fate for one in script.ledger] == ["spoken", "skipped"]
