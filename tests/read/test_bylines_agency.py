import pytest

from narrator.read.bylines import read_meta
from narrator.read.markers import read_markers


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Par Lucie Arnaud avec AFP"),
        ("en", "By Lucie Arnaud and agencies"),
        ("de", "Von Lucie Arnaud mit dpa"),
        ("es", "Por Lucie Arnaud con agencias"),
    ],
)
def test_agency_whose_copy_was_used_is_no_author_and_no_credit(language: str, line: str) -> None:
    meta = read_meta(line, read_markers(language))
    assert meta is not None
    assert [person.name for person in meta.people] == ["Lucie Arnaud"]
