import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from mutagen.id3 import ID3

from narrator.join.tags import iso639_2, make_tag
from narrator.models import Chapter, Script

SCRIPT = Script(
    title="Harbour reopens – “at last”",
    lines=(),
    source="harbour.txt",
    language="en-GB",
    published=datetime(2015, 9, 18, tzinfo=UTC),
    address="https://example.org/harbour",
)
CHAPTERS = [
    Chapter(0.0, "A headline longer than the others"),
    Chapter(16.4, "Short"),
    Chapter(90.5, "Zoë’s view"),
]


def read(script=SCRIPT, chapters=CHAPTERS, cover=b"\xff\xd8picture") -> ID3:
    data = make_tag(
        script, artist="Ann Example", album="Saltwick Notes", chapters=chapters, end_ms=100_000, cover=cover
    )
    return ID3(io.BytesIO(data + b"\xff\xfb" + bytes(2000)))


def test_tag_says_what_it_is():
    tag = read()
    assert tag.version == (2, 4, 0)
    texts = {name: str(tag[name]) for name in ("TIT2", "TALB", "TPE1", "TDRC", "TLAN")}
    assert texts == {
        "TIT2": "Harbour reopens – “at last”",
        "TALB": "Saltwick Notes",
        "TPE1": "Ann Example",
        "TDRC": "2015-09-18",
        "TLAN": "eng",
    }
    assert tag["WOAS"].url == tag["WXXX:Source"].url == "https://example.org/harbour"
    assert tag["APIC:Cover"].data == b"\xff\xd8picture"


def test_undated_post_without_address_has_no_date_and_no_address():
    tag = read(replace(SCRIPT, published=None, address=None), cover=None)
    assert not [name for name in tag if name[:4] in {"TDRC", "WOAS", "WXXX", "APIC", "TSSE"}]


def test_chapters_stand_in_order_with_their_ends_and_a_table_of_contents():
    tag = read()
    chapters = [tag[f"CHAP:chp{number}"] for number in range(3)]
    assert [(c.start_time, c.end_time) for c in chapters] == [(0, 16400), (16400, 90500), (90500, 100000)]
    assert [str(c.sub_frames["TIT2"]) for c in chapters] == [chapter.title for chapter in CHAPTERS]
    assert tag["CTOC:toc"].child_element_ids == ["chp0", "chp1", "chp2"]
    assert tag["CTOC:toc"].flags == 3
    data = make_tag(SCRIPT, artist="a", album="b", chapters=CHAPTERS, end_ms=100_000)
    assert data.index(b"chp0\0") < data.index(b"chp1\0") < data.index(b"chp2\0")


def test_title_of_several_rows_is_one():
    assert str(read(replace(SCRIPT, title="Harbour\n reopens"))["TIT2"]) == "Harbour reopens"


@pytest.mark.parametrize(
    ("language", "code"), [("en", "eng"), ("zh-Hant-TW", "zho"), ("gsw", "gsw"), ("x", "XXX")]
)
def test_language_has_three_letters(language, code):
    assert iso639_2(language) == code
