"""Words said otherwise than they are written, and the lists that hold them."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.errors import ConfigError
from narrator.say import Entry, Lexicon, read_lexicon, say_line
from narrator.say.lexicon import parse_lexicon

VOICES = {"en": "en-gb", "fr": "fr-fr", "de": "de", "es": "es", "it": "it", "pt": "pt-br"}


def said(text: str, *entries: Entry, engine: str = "espeak") -> str:
    return say_line(text, language="en-GB", engine=engine, lexicon=Lexicon(entries)).say


def test_whole_words_are_respelled_and_parts_of_words_are_not():
    assert said("Leeds and Leedsham", Entry("Leeds", "Leedz")) == "Leedz and Leedsham"


def test_a_possessive_and_a_compound_count_as_the_word():
    assert said("Kyiv's Kyiv-based staff", Entry("Kyiv", "Keeve")) == "Keeve's Keeve-based staff"


def test_case_counts_unless_the_entry_says_otherwise():
    assert said("May may", Entry("May", "Mae")) == "Mae may"
    assert (
        said("IPLAYER iPlayer now", Entry("iplayer", "eye player", any_case=True))
        == "eye player eye player now"
    )


def test_the_longest_entry_wins():
    entries = (Entry("San", "Sahn"), Entry("San Jose", "San Hozay"))
    assert said("San Jose and San Marino", *entries) == "San Hozay and Sahn Marino"


def test_an_entry_wins_over_every_rule_and_is_left_as_it_says():
    assert said("No 10 and No 11", Entry("No 10", "Downing St. 10")) == "Downing St. 10 and number eleven"


def test_a_word_on_the_edge_of_a_number_does_not_hinder_the_rules():
    assert said("Kyiv paid £3.5bn.", Entry("Kyiv", "Keeve")) == "Keeve paid three point five billion pounds."


def test_phonemes_come_in_a_field_of_their_own():
    spoken = say_line(
        "Kyiv's 3 men",
        language="en",
        engine="espeak",
        lexicon=Lexicon([Entry("Kyiv", "Keeve", {"espeak": "k'i:v"})]),
    )
    assert spoken.say == "Keeve's three men"
    assert spoken.phonemes == "[[k'i:vz]] three men"


def test_an_engine_without_phonemes_for_a_word_gets_the_respelling():
    spoken = say_line(
        "Kyiv fell",
        language="en",
        engine="piper",
        lexicon=Lexicon([Entry("Kyiv", "Keeve", {"espeak": "k'i:v"})]),
    )
    assert (spoken.say, spoken.phonemes) == ("Keeve fell", None)


def test_brackets_of_the_text_never_become_phonemes():
    spoken = say_line(
        "Kyiv [[h@l'oU]] fell",
        language="en",
        engine="espeak",
        lexicon=Lexicon([Entry("Kyiv", "Keeve", {"espeak": "k'i:v"})]),
    )
    assert spoken.phonemes is not None
    assert spoken.phonemes.count("[[") == 1


def test_an_entry_for_some_engines_leaves_the_others_alone():
    entry = Entry("Kyiv", "Keeve", engines=frozenset({"espeak"}))
    assert said("Kyiv", entry) == "Keeve"
    assert said("Kyiv", entry, engine="gtts") == "Kyiv"


def test_what_ships_leaves_google_alone():
    lexicon = read_lexicon(None, "en-GB")
    assert say_line("Xi met Putin.", language="en-GB", engine="gtts", lexicon=lexicon).say == "Xi met Putin."


def test_the_show_wins_over_what_ships_and_a_language_over_the_show(tmp_path):
    (tmp_path / "lexicon.toml").write_text('Xi = "See"\nKyiv = "Kye"\n', encoding="utf-8")
    (tmp_path / "lexicon.en.toml").write_text('Kyiv = "Kay"\n', encoding="utf-8")
    (tmp_path / "lexicon.fr.toml").write_text('Kyiv = "Quive"\n', encoding="utf-8")
    lexicon = read_lexicon(tmp_path, "en-GB")
    assert lexicon.entries["Xi"].say == "See"
    assert lexicon.entries["Kyiv"].say == "Kay"
    assert lexicon.entries["Putin"].phonemes


def test_a_list_is_read_once_and_again_when_it_was_changed(tmp_path):
    own = tmp_path / "lexicon.toml"
    own.write_text('Kyiv = "Keeve"\n', encoding="utf-8")
    lexicon = read_lexicon(tmp_path, "en-GB")
    assert read_lexicon(tmp_path, "en-US") is lexicon
    own.write_text('Kyiv = "Kye"\n', encoding="utf-8")
    assert read_lexicon(tmp_path, "en-GB").entries["Kyiv"].say == "Kye"
    own.unlink()
    assert read_lexicon(tmp_path, "en-GB") is read_lexicon(None, "en-GB")


def test_a_list_that_was_wrong_is_read_again(tmp_path):
    own = tmp_path / "lexicon.toml"
    own.write_text("Kyiv = 3\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        read_lexicon(tmp_path, "en")
    with pytest.raises(ConfigError):
        read_lexicon(tmp_path, "en")
    own.write_text('Kyiv = "Keeve"\n', encoding="utf-8")
    assert read_lexicon(tmp_path, "en").entries["Kyiv"].say == "Keeve"


def test_a_lexicon_that_posts_share_cannot_be_changed():
    with pytest.raises(TypeError):
        read_lexicon(None, "en").entries["Kyiv"] = Entry("Kyiv", "Keeve")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('A = "b"\nKyiv = 3\n', 'line 2: "Kyiv" must be a text in quotes'),
        ('Kyiv = { sya = "Keeve" }\n', 'Did you mean "say"?'),
        ('Kyiv = ""\n', '"Kyiv" says nothing'),
        ("Kyiv = Keeve\n", "not valid TOML"),
        ('Kyiv = { phonemes = "k\'i:v" }\n', "must be by engine"),
        ('Kyiv = { say = "K", engines = "espeak" }\n', "must be a list"),
    ],
)
def test_a_wrong_list_names_what_is_wrong_and_where(tmp_path, toml, message):
    (tmp_path / "lexicon.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(ConfigError) as failure:
        read_lexicon(tmp_path, "en")
    assert message in str(failure.value)
    assert "lexicon.toml" in str(failure.value)


def test_the_list_in_the_documents_is_read_as_they_say():
    page = Path(__file__).parents[2] / "docs" / "howto" / "pronunciation.md"
    written = page.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    entries = {entry.word: entry for entry in parse_lexicon(written, page.name)}
    assert entries["Kyiv"] == Entry("Kyiv", "Keeve")
    assert entries["Nguyen"].phonemes
    assert entries["iplayer"].any_case
    assert entries["Leeds"].engines == {"piper"}


@pytest.mark.parametrize("language", VOICES)
def test_every_word_that_ships_is_heard_otherwise_than_without_it(language, heard):
    voice = VOICES[language]
    lexicon = read_lexicon(None, language)
    assert len(lexicon) >= 5
    for entry in lexicon.entries.values():
        phonemes = entry.phonemes.get("espeak")
        spoken = f"[[{phonemes}]]" if phonemes else entry.say
        assert heard(spoken, voice), entry
        assert heard(spoken, voice) != heard(entry.word, voice), entry
