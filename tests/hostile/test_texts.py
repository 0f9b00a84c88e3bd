"""Pasted texts that are made to break, or to be taken for something else."""

from __future__ import annotations

import json

import pytest
from hostile.conftest import House

HEAD = "Bridge over the Orra reopens\n\n"
TAIL = "\n\nThe bridge carries nine thousand vehicles a day, the council said on Monday.\n"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("ssml", 'The sign read <speak><break time="9999s"/>Danger</speak> in red letters.'),
        ("ssml-audio", 'He typed <audio src="file:///etc/passwd"/> into the form and waited.'),
        ("phonemes", "The label said [[h@l'oU]] and nothing else at all."),
        ("open-phonemes", "A bracket [[ was never closed in the old record."),
        ("script-tag", "[anchor] is what the margin said beside the paragraph."),
        ("script-note", "say: nothing of this is a note to anybody here."),
        ("script-fence", "+++ stood in a row above the name of the ship."),
        ("shell", "The clerk typed $(touch pwned); `touch pwned` && rm -rf / into the box."),
        ("format", "The form read {title} and {0.__class__} and %s and %(x)s for years."),
        ("jinja", "The wall said {{ 7*7 }} and {% include '/etc/passwd' %} in chalk."),
        ("html", "The note said <script>alert(1)</script> & \"more\" & 'less' of it."),
        ("cdata", "The file ended with ]]> and then <![CDATA[ began once more."),
        ("vtt", "The subtitle showed 00:00:01.000 --> 99:00:00.000 on every line."),
        ("xml", 'It began <?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]> and ended.'),
        ("bidi", "The file \u202egnp.exe\u202c was opened by the clerk on Friday."),
        ("astral", "The sign showed \U0001f6a2\U0001f1f3\U0001f1f4 \U00010348 and \U0001d518 to the crew."),
    ],
)
def test_text_that_looks_like_markup_is_only_text(house: House, name: str, line: str) -> None:
    post = house.put(f"{name}.txt", HEAD + "The work took two years.\n\n" + line + TAIL)
    script = house.script(post, engine="espeak")
    assert any(line in one["text"] for one in (*script["blocks"], *script["ledger"]))
    assert all("[[" not in (one["phonemes"] or "") or "[[" not in one["text"] for one in script["lines"])
    assert not (house.folder / "pwned").exists()


def test_markup_in_a_text_is_escaped_in_feed_and_pages(house: House) -> None:
    line = "<script>alert('x')</script> ]]> --> {{ 7*7 }} & <speak> stood on the wall of the station."
    house.make(house.put("post.txt", f"<img src=x onerror=alert(2)> on the wall\n\n{line}{TAIL}"))
    from lxml import etree

    etree.parse(str(house.show / "feed.xml"))
    for page in house.show.rglob("*.html"):
        text = page.read_text()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    vtt = next(house.show.rglob("*.vtt")).read_text()
    assert "<script>" not in vtt
    assert sum("-->" in row for row in vtt.splitlines()) == vtt.count(" --> ")


def test_edited_script_keeps_text_that_looks_like_script_markup(house: House) -> None:
    line = "[cue] [[x]] ## Sidebar 1 was written on the hull of the ship in white paint."
    post = house.put("post.txt", f"{HEAD}{line}\n\nsay: this is not a note but a line of text.{TAIL}")
    house.run("script", post, "--engine", "tone", "--out", house.show / "scripts")
    again = house.show / "scripts" / "post.md"
    first, second = house.script(post), house.script(again)
    assert [one["text"] for one in first["lines"]] == [one["text"] for one in second["lines"]]
    assert any(line.split(" was")[0] in one["text"] for one in second["lines"])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("nul", b"Bridge\0 reopens\n\nThe bridge\0\0 over the Orra is open again, it was said on Monday.\n"),
        (
            "controls",
            b"Bridge reopens\n\nThe \x07bridge\x1b[31m is \x08open\x7f again, the council said on Monday.\n",
        ),
        (
            "not-utf-8",
            b"Bridge reopens\n\nThe \xff\xfe\xfa bridge \xc3( is open again, the council said today.\n",
        ),
        (
            "surrogate",
            b"Bridge reopens\n\nThe bridge \xed\xa0\x80 is open again, the council said on Monday.\n",
        ),
        ("cut-utf-8", b"Bridge reopens\n\nThe bridge is open again, the council said on Monday, \xe2\x80"),
        (
            "bom-in-the-middle",
            "Bridge reopens\n\nThe bridge \ufeffis open again, the council said on Monday.\n".encode(),
        ),
        (
            "utf-16",
            "Bridge reopens\n\nThe bridge is open again, the council said on Monday.\n".encode("utf-16"),
        ),
        (
            "odd-breaks",
            "Bridge reopens\u2028\u2028The bridge is open\x0b again,\x85 the council\x0c said on Monday.\n".encode(),
        ),
        ("old-mac", b"Bridge reopens\r\rThe bridge is open again, the council said on Monday.\r"),
    ],
)
def test_odd_bytes_end_as_an_episode_with_clean_files(house: House, name: str, data: bytes) -> None:
    house.make(house.put(f"{name}.txt", data))
    manifest = json.loads(next(house.show.rglob("episode.json")).read_bytes())
    for line in manifest["lines"]:
        assert "\0" not in line["text"]
        assert "\x1b" not in line["text"]
    from lxml import etree

    etree.parse(str(house.show / "feed.xml"))


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 5000,
        b"\xff" * 5000,
        bytes(range(32)) * 400,
        b"\x7fELF" + bytes(4000),
        b"%PDF-1.7\n" + b"x" * 99,
    ],
    ids=["zeros", "ones", "controls-only", "program", "pdf"],
)
def test_bytes_that_are_no_text_are_refused(house: House, data: bytes) -> None:
    house.refused(4, "post.txt", by=("make", house.put("post.txt", data), "--engine", "tone"))


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("one-line", "The bridge is open. " * 10_000),
        ("one-word", "a" * 300_000),
        ("digits", "9" * 100_000),
        ("figures", "1,234,567.89 " * 8_000),
        ("spaces", "x" + " " * 300_000 + "y"),
        ("tabs-and-spaces", " \t" * 150_000 + "y"),
        ("short-lines", "x\n" * 60_000),
        ("short-paragraphs", "Rain.\n\n" * 8_000),
        ("one-paragraph-again", "The bridge is open again.\n\n" * 3_000),
        ("open-brackets", "(" * 100_000),
        ("quotes", "\"'" * 60_000),
        ("dots", "." * 200_000),
        ("abbreviations", "U.S.A. " * 20_000),
        ("hyphens", "a-" * 60_000),
        ("commas", "one, " * 40_000),
        ("dates", "18 September 2015 " * 6_000),
        ("colons", "Analysis: " * 12_000),
        ("labels", "Analysis: Peter Harrow, Europe correspondent\n\n" * 2_000),
        ("bylines", "By Peter Harrow\n\n" * 4_000),
        ("combining", "e" + "\u0301" * 100_000),
        ("breadcrumbs", "Home » " * 20_000),
        ("urls", "https://example.org/a?b=c " * 5_000),
        ("capitals", "NATO " * 20_000),
        ("romans", "Henry VIII and Louis XIV " * 5_000),
        ("markdown-links", "[a](" * 40_000),
        ("tags", "<p>" * 60_000),
        ("entities", "&amp;" * 50_000),
        ("pounds", "£" * 100_000),
        ("slashes", "1/2/" * 30_000),
    ],
)
def test_monotonous_text_takes_seconds_not_minutes(house: House, name: str, body: str) -> None:
    result = house.run(
        "script", house.put(f"{name}.txt", HEAD + body + TAIL), "--engine", "tone", "--format", "json"
    )
    assert result.code in (0, 4), result.err
