import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.config import Settings
from narrator.errors import ScriptError
from narrator.say import read_lexicon
from narrator.script import is_document, read_document, write_document, write_script
from narrator.script.document import escape, unescape
from narrator.voices import Casting, Pauses, Voice
from tests.script.articles import NOW, blocks, make_article

VOICE = Voice(engine="tone", language="en", roles={"anchor": (Casting("a"),)}, name="test")
LEXICON = read_lexicon(None, "en")


def script_file(**changes: object) -> str:
    script = write_script(make_article(**changes), settings=Settings(), voice=VOICE, lexicon=LEXICON, now=NOW)
    return write_document(script, engine="tone", pauses=VOICE.pauses, lexicon=LEXICON)


def read(text: str):
    return read_document(text, lexicon=LEXICON, where="s.md").script


def test_script_file_gives_back_the_very_script() -> None:
    script = write_script(make_article(), settings=Settings(), voice=VOICE, lexicon=LEXICON, now=NOW)
    text = write_document(script, engine="tone", pauses=VOICE.pauses, lexicon=LEXICON)
    document = read_document(text, lexicon=LEXICON)
    assert document.script == script
    assert document.engine == "tone"
    assert document.pauses == Pauses()


def test_script_file_is_told_from_a_post() -> None:
    assert is_document(script_file())
    assert not is_document("+++\ntitle = 'a Hugo post'\n+++\nText.")


def test_dropped_line_is_not_said_and_nothing_else_changes() -> None:
    text = script_file()
    before = read(text)
    after = read(text.replace("[anchor] Boats left at dawn.\n", ""))
    left = [(line.id, line.text, line.role) for line in before.lines if line.text != "Boats left at dawn."]
    assert [(line.id, line.text, line.role) for line in after.lines] == left


def test_line_set_to_skip_is_not_said_and_the_ledger_says_so() -> None:
    script = read(script_file().replace("[anchor] Prices doubled", "[skip] Prices doubled"))
    assert "Prices doubled while it was closed." not in [line.text for line in script.lines]
    row = next(row for row in script.ledger if row.text.startswith("Prices"))
    assert (row.fate, row.reason) == ("skipped", "left out in the script file")


def test_respelling_is_said_and_the_text_stays() -> None:
    text = script_file().replace(
        "[anchor] Boats left at dawn.\n", "[anchor] Boats left at dawn.\n    say: Boats left at dorn.\n"
    )
    line = next(line for line in read(text).lines if line.text == "Boats left at dawn.")
    assert line.say == "Boats left at dorn."


def test_changed_role_is_taken() -> None:
    script = read(script_file().replace("[analyst] Will it last?", "[anchor] Will it last?"))
    line = next(line for line in script.lines if line.text == "Will it last?")
    assert (line.role, line.speaker) == ("anchor", None)


def test_set_pause_is_taken_with_or_without_unit() -> None:
    for words in ("1500", "1500 ms"):
        text = script_file().replace("Boats left at dawn.\n", f"Boats left at dawn.\n    pause: {words}\n", 1)
        assert next(line for line in read(text).lines if line.text == "Boats left at dawn.").pause_ms == 1500


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("[anchor] Boats left", "[ancor] Boats left"), "[ancor]", 'unknown role "ancor"'),
        (("[anchor] Boats left", "Boats left"), "Boats left", "has no tag"),
        (
            ("Boats left at dawn.\n", "Boats left at dawn.\n    puase: 3\n"),
            "    puase",
            'unknown note "puase"',
        ),
        (
            ("Boats left at dawn.\n", "Boats left at dawn.\n    pause: soon\n"),
            "[anchor] Boats",
            "not a number of milliseconds",
        ),
        (("## Sidebar 1", "## Sidebar 7"), "## Sidebar 7", "no sidebar 7"),
        (('title = "', "title = "), "title = ", "not valid TOML"),
    ],
)
def test_broken_file_names_the_line_that_is_wrong(change: tuple[str, str], line: str, said: str) -> None:
    text = script_file().replace(*change, 1)
    number = next(n for n, row in enumerate(text.split("\n"), 1) if row.startswith(line))
    with pytest.raises(ScriptError) as caught:
        read(text)
    assert said in str(caught.value)
    assert f"line {number}:" in str(caught.value)
    assert caught.value.exit_code == 8


@pytest.mark.parametrize("text", ["\\u{110000}", "\\u{ffffff}", "\\u{}", "\\u{g}"])
def test_escape_that_stands_for_no_character_is_text(text: str) -> None:
    script = read(script_file().replace("[anchor] Boats left at dawn.", f"[anchor] Boats left {text}."))
    assert f"Boats left {text}." in [line.text for line in script.lines]


@pytest.mark.parametrize("line", ["²", "9" * 5_000, "x/p[2]"])
def test_place_in_the_ledger_that_is_no_plain_number_stays_text(line: str) -> None:
    script = read(script_file() + f"[spoken] {line}: Boats left.\n")
    assert (script.ledger[-1].line, script.ledger[-1].text) == (line, "Boats left.")


def test_windows_line_ends_change_nothing() -> None:
    assert read(script_file().replace("\n", "\r\n")) == read(script_file())


@given(st.text())
def test_any_text_survives_on_one_line(text: str) -> None:
    made = escape(text)
    assert "\n" not in made
    assert "\r" not in made
    assert unescape(made) == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=5))
def test_any_blocks_survive_the_script_file(texts: list[str]) -> None:
    rows = [("paragraph", " ".join(text.split()) or "x", None) for text in texts]
    article = make_article(blocks=blocks(*rows), sidebars=(), ledger=(), title="T")
    script = write_script(article, settings=Settings(), voice=VOICE, lexicon=LEXICON, now=NOW)
    text = write_document(script, engine="tone", pauses=VOICE.pauses, lexicon=LEXICON)
    assert read_document(text, lexicon=LEXICON).script.lines == script.lines
