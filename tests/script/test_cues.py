from datetime import date

import pytest

from narrator.models import Sidebar
from narrator.script.cues import read_cues

LANGUAGES = ["en", "fr", "de", "es", "pt", "it"]


@pytest.mark.parametrize(
    ("sidebar", "cue"),
    [
        (
            Sidebar("analysis", "Analysis", "Jo Fenn", "defence correspondent"),
            "Analysis, by Jo Fenn, defence correspondent.",
        ),
        (
            Sidebar(
                "analysis", "Analysis: Jo Fenn, defence correspondent", "Jo Fenn", "defence correspondent"
            ),
            "Analysis, by Jo Fenn, defence correspondent.",
        ),
        (Sidebar("analysis", "Analysis by Jo Fenn", "Jo Fenn"), "Analysis, by Jo Fenn."),
        (
            Sidebar("analysis", "Jo Fenn, defence correspondent", "Jo Fenn", "defence correspondent"),
            "Analysis, by Jo Fenn, defence correspondent.",
        ),
        (
            Sidebar("analysis", "Analysis: A quiet majority", "Stan Wick", "columnist"),
            "Analysis: A quiet majority, by Stan Wick, columnist.",
        ),
        (Sidebar("analysis", "A quiet majority", "Stan Wick"), "Analysis: A quiet majority, by Stan Wick."),
        (
            Sidebar("scene", "At the scene", "Anna Weir", "BBC News, Lomar"),
            "At the scene, Anna Weir, BBC News, Lomar.",
        ),
        (Sidebar("scene", "ON THE SCENE", "Hank Doyle"), "On the scene, Hank Doyle."),
        (Sidebar("profile", "Profile: Joseph Amadi"), "Profile: Joseph Amadi."),
        (Sidebar("profile", "Joseph Amadi"), "Profile: Joseph Amadi."),
        (Sidebar("explainer", "What is Kessler fever?"), "Also in this story: What is Kessler fever?"),
        (Sidebar("timeline", "Timeline: The last flight"), "Timeline: The last flight."),
        (Sidebar("timeline", "How the protest unfolded"), "Also in this story: How the protest unfolded."),
        (Sidebar("other", "Ferry trial at a glance"), "Also in this story: Ferry trial at a glance."),
        (Sidebar("explainer", "BOX: HOW THE FLOOD HAPPENED"), "Also in this story: How the flood happened."),
        (Sidebar("analysis", ""), "Analysis."),
    ],
)
def test_sidebar_is_announced_once_and_in_full(sidebar: Sidebar, cue: str) -> None:
    assert read_cues("en").announce(sidebar) == cue


@pytest.mark.parametrize(
    ("language", "heading", "cue"),
    [
        ("fr", "Le décryptage de Hélène Morin", "Le décryptage, par Hélène Morin."),
        ("de", "Analyse von Hélène Morin", "Analyse, von Hélène Morin."),
        ("es", "El análisis de Hélène Morin", "El análisis, por Hélène Morin."),
        ("it", "L'analisi di Hélène Morin", "L'analisi, di Hélène Morin."),
        ("pt", "Análise de Hélène Morin", "Análise, por Hélène Morin."),
    ],
)
def test_name_is_taken_out_of_the_heading_with_what_links_it(language: str, heading: str, cue: str) -> None:
    assert read_cues(language).announce(Sidebar("analysis", heading, "Hélène Morin")) == cue


def test_return_cue_names_nobody() -> None:
    assert read_cues("en-GB").back == "Back to the main story."


def test_chapter_of_an_authored_sidebar_carries_the_name() -> None:
    wording = read_cues("en")
    assert wording.sidebar_chapter(Sidebar("analysis", "Analysis", "Jo Fenn")) == "Analysis: Jo Fenn"
    assert wording.sidebar_chapter(Sidebar("explainer", "What is a levee?")) == "What is a levee?"


def test_dates_are_written_out_as_the_language_does() -> None:
    day = date(2015, 9, 18)
    assert read_cues("en").spoken_date(day) == "18 September 2015"
    assert read_cues("fr").spoken_date(day) == "18 septembre 2015"
    assert read_cues("de").spoken_date(day) == "18. September 2015"
    assert read_cues("pt-BR").spoken_date(day) == "18 de setembro de 2015"
    assert read_cues("fr").spoken_date(date(2015, 9, 1)) == "1er septembre 2015"


def test_language_without_a_file_is_announced_in_english() -> None:
    assert read_cues("sw").language == "en"
    assert read_cues("../../etc/passwd").language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_words_every_cue(language: str) -> None:
    english, own = read_cues("en"), read_cues(language)
    assert own.language == language
    for table, keys in english.table.items():
        if isinstance(keys, dict):
            assert set(keys) <= set(own.table[table]), table
    for kind in english.table["label"]:
        assert own.announce(Sidebar(kind, "", "A. Name", "a role"))
