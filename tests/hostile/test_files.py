"""Files a person may get from somebody else: settings, lexicons, voices, scripts, manifests, pictures."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import pytest
from conftest import STORY
from hostile.conftest import House

DEEP = "x = " + "[" * 60_000


def tone(*args: object) -> tuple[object, ...]:
    return (*args, "--engine", "tone")


def png(width: int, height: int) -> bytes:
    """A picture of a few hundred bytes that says how large it is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "toml"),
    [
        ("deep", DEEP.encode()),
        ("not-utf-8", b"title = '\xff\xfe'\n"),
        ("nul", b"title = 'a\0b'\n"),
        ("twice", b"title = 'a'\ntitle = 'b'\n"),
        ("huge-number", b"bitrate_kbps = " + b"9" * 6000),
        ("no-number", b"loudness_lufs = nan\n"),
        ("endless-loudness", b"loudness_lufs = inf\n"),
        ("bit-rate-below-all", b"bitrate_kbps = -64\n"),
        ("bit-rate-above-all", b"bitrate_kbps = 999999\n"),
        ("no-rate", b"rate_hz = 0\n"),
        ("rate-below-all", b"rate_hz = -8000\n"),
        ("rate-above-all", b"rate_hz = 2000000000\n"),
        ("table", b"[title]\na = 1\n"),
        ("picture", b"\x89PNG\r\n\x1a\n" + bytes(500)),
        ("language", b"language = '../../x'\n"),
        ("base-url", b"base_url = 'http://[bad'\n"),
        ("base-url-script", b"base_url = 'javascript:alert(1)'\n"),
        ("image-outside", b"image = '../in/post.txt'\n"),
        ("image-device", b"image = '/dev/zero'\n"),
        ("music-address", b"intro_music = 'http://127.0.0.1:9/x.mp3'\n"),
        ("music-device", b"intro_music = '/dev/zero'\n"),
        ("music-protocol", b"intro_music = 'concat:/etc/passwd|/etc/group'\n"),
        ("music-text", b"intro_music = '../in/post.txt'\n"),
        ("music-folder", b"outro_music = '.'\n"),
    ],
)
def test_show_file_that_makes_no_sense_stops_the_run_in_one_line(
    house: House, name: str, toml: bytes
) -> None:
    post = house.put("post.txt", STORY)
    house.show.mkdir()
    (house.show / "show.toml").write_bytes(toml)
    result = house.run(*tone("make", post))
    assert result.code in (2, 32, 64), result
    assert not (house.show / "episodes").exists() or not list((house.show / "episodes").iterdir())


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("show.toml", 2),
        ("voices/own.toml", 0),
        ("episodes/rain/episode.json", 64),
        ("episodes/rain/removed.json", 64),
    ],
)
def test_file_of_a_show_that_never_ends_is_refused_or_passed_over(
    house: House, place: str, code: int
) -> None:
    path = house.show / place
    path.parent.mkdir(parents=True)
    path.symlink_to("/dev/zero")
    result = house.run(*tone("make", house.put("post.txt", STORY)))
    assert result.code == code, result
    assert code == 0 or path.name in result.err


def test_index_that_never_ends_is_refused(house: House) -> None:
    house.refused(2, "/dev/zero", by=("batch", house.put("post.txt", STORY), "--index", "/dev/zero"))


def test_list_of_words_larger_than_anybody_writes_is_refused(house: House) -> None:
    house.show.mkdir()
    with (house.show / "lexicon.toml").open("wb") as file:
        file.truncate(11_000_000)
    result = house.run(*tone("make", house.put("post.txt", STORY)))
    assert result.code == 2, result
    assert "lexicon.toml" in result.err
    assert len(result.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SOURCE_DATE_EPOCH", "99999999999999999"),
        ("SOURCE_DATE_EPOCH", "²"),
        ("NARRATOR_BITRATE_KBPS", "many"),
        ("NARRATOR_CAPTIONS", "../x"),
        ("NARRATOR_VOICE", "../../../etc/passwd"),
    ],
)
def test_environment_that_makes_no_sense_is_named(
    house: House, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    result = house.run(*tone("make", house.put("post.txt", STORY)))
    assert result.code in (2, 16), result


@pytest.mark.parametrize(
    ("name", "toml"),
    [
        ("deep", DEEP.encode()),
        ("not-utf-8", b"Orra = '\xff'\n"),
        ("number", b"Orra = 5\n"),
        ("empty", b"Orra = ''\n"),
        ("phonemes-list", b"Orra = { phonemes = ['a'] }\n"),
        ("open", b"Orra = 'x\n"),
    ],
)
def test_wrong_lexicon_is_named(house: House, name: str, toml: bytes) -> None:
    house.show.mkdir()
    (house.show / "lexicon.toml").write_bytes(toml)
    house.refused(2, "lexicon.toml", by=tone("make", house.put("post.txt", STORY)))


def test_lexicon_cannot_smuggle_commands_to_the_engine(house: House) -> None:
    house.show.mkdir()
    (house.show / "lexicon.toml").write_text(
        '"" = "nothing"\nHome = { say = "[[a]] <speak>", phonemes = { espeak = "]] <break/> [[" } }\n'
        'Tuesday = "$(touch pwned)"\n"(a+)+$" = "x"\n'
    )
    assert house.run("make", house.put("post.txt", STORY), "--engine", "espeak").code in (0, 2)
    assert not (house.folder / "pwned").exists()


VOICE = 'engine = "tone"\nlanguage = "en"\n[roles.anchor]\nvoice = "a"\n'


@pytest.mark.parametrize(
    ("name", "toml"),
    [
        ("deep", DEEP),
        ("empty", ""),
        ("unknown-engine", VOICE.replace("tone", "../../x")),
        ("engine-with-code", VOICE.replace("tone", "os:system")),
        ("no-language", VOICE.replace('"en"', '"../en"')),
        ("no-pace", VOICE + "pace = 0\n"),
        ("pace-below-all", VOICE + "pace = -1.0\n"),
        ("pace-above-all", VOICE + "pace = 1e300\n"),
        ("pace-no-number", VOICE + "pace = nan\n"),
        ("gain-above-all", VOICE + "gain_db = 1e9\n"),
        ("pause-below-all", VOICE + "[pauses]\nsentence_ms = -5\n"),
        ("pause-of-days", VOICE + "[pauses]\nsentence_ms = 900000000\n"),
        ("roles-list", 'engine = "tone"\nlanguage = "en"\nroles = [1]\n'),
        ("nested", VOICE + "[roles.anchor.options.a]\nb = 1\n"),
    ],
)
def test_voice_file_that_makes_no_sense_is_refused(house: House, name: str, toml: str) -> None:
    voice = house.put(f"{name}.toml", toml)
    house.refused_with((2, 16), by=("make", house.put("post.txt", STORY), "--voice", voice))


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "", "x" * 500, "a\nb", "/dev/zero.toml", "-"]
)
def test_voice_names_lead_to_no_other_file(house: House, name: str) -> None:
    house.refused_with((2, 16), by=("make", house.put("post.txt", STORY), "--voice", name))


@pytest.fixture
def script_file(house: House) -> Path:
    house.run(*tone("script", house.put("post.txt", STORY)), "--out", house.show / "s")
    return house.put("script.md", (house.show / "s" / "post.md").read_bytes())


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("deep", 'narrator = "script"', 'narrator = "script"\n' + DEEP),
        ("traversal", 'language = "en', 'language = "../../../etc'),
        ("no-fence", "+++\n\n", "\n\n"),
        ("later-version", "version = 1", "version = 99"),
        ("version-text", "version = 1", "version = '1'"),
        ("title-list", 'title = "', 'title = ["a"]\noutlet = "'),
        ("engine-list", 'engine = "tone"', "engine = ['tone']"),
        ("pause-of-days", "[anchor] ", "[anchor] Wait.\n  pause: 99999999999\n[anchor] "),
        ("unknown-role", "[anchor] ", "[../../x] "),
        ("unknown-note", "[anchor] ", "[anchor] Wait.\n  exec: rm\n[anchor] "),
        ("start-below-all", "version = 1", "version = 1\nstart_ms = -99999"),
        ("start-of-days", "version = 1", "version = 1\nstart_ms = 99999999999999999999999999"),
    ],
)
def test_script_file_that_makes_no_sense_is_refused(
    house: House, script_file: Path, name: str, old: str, new: str
) -> None:
    text = script_file.read_text()
    assert old in text
    script_file.write_text(text.replace(old, new, 1))
    house.refused_with((2, 8), by=tone("make", script_file))


def test_script_file_title_cannot_leave_the_show(house: House, script_file: Path) -> None:
    rows = script_file.read_text().split("\n")
    at = next(number for number, row in enumerate(rows) if row.startswith("title = "))
    rows[at] = r"title = '../../../../tmp/..\..\CON <script>'"
    script_file.write_text("\n".join(rows))
    house.make(script_file)
    assert [one.name for one in (house.show / "episodes").iterdir()] == ["tmp-con-script"]


@pytest.fixture
def manifest(house: House) -> Path:
    house.make(house.put("post.txt", STORY))
    return next(house.show.rglob("episode.json"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe",
        b"null",
        b"\0" * 1000,
        b'{"guid": 1}',
    ],
    ids=["empty", "no-keys", "deep-list", "deep-object", "not-utf-8", "null", "zeros", "wrong-type"],
)
def test_damaged_manifest_is_named_and_left_alone(house: House, manifest: Path, data: bytes) -> None:
    manifest.write_bytes(data)
    for command in ("feed", "check"):
        house.refused(64, "episode.json", by=(command,))
    house.refused(
        64, "episode.json", by=tone("make", house.put("other.txt", STORY.replace("Strait", "Canal")))
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("slug", "../../in"),
        ("slug", "/etc"),
        ("slug", ".."),
        ("slug", ""),
        ("slug", "a/b"),
        ("slug", "a\0b"),
        ("audio", {"path": "../in/post.txt", "size_bytes": 1, "type": "audio/mpeg", "sha256": "0"}),
        ("audio", {"path": "/etc/passwd", "size_bytes": 1, "type": "audio/mpeg", "sha256": "0"}),
        ("cover", "../in/post.txt"),
        ("address", "javascript:alert(1)"),
        ("address", "http://[bad"),
        ("guid", "<script>alert(1)</script>"),
        ("language", '"><script>alert(1)</script>'),
        ("title", "\0\x1b]0;x\x07<script>alert(1)</script>"),
        ("duration_seconds", -1e300),
        ("duration_seconds", 1e300),
        ("published", "0001-01-01T00:00:00Z"),
        ("published", "9999-12-31T23:59:59-23:59"),
        ("pictures", [{"address": "javascript:alert(1)"}, {"address": "file:///etc/passwd"}]),
    ],
)
def test_forged_manifest_reaches_nothing_outside(
    house: House, manifest: Path, key: str, value: object
) -> None:
    about = json.loads(manifest.read_bytes())
    slug = about["slug"]
    manifest.write_text(json.dumps({**about, key: value}))
    for command in (
        ("feed",),
        ("check",),
        ("publish", house.folder / "show" / "up"),
        ("remove", "--yes", about["title"]),
    ):
        result = house.run(*command)
        assert result.code in (0, 2, 64), result
    for page in house.show.rglob("*.html"):
        assert "<script>alert" not in page.read_text()
        assert 'href="javascript:' not in page.read_text()
    assert (house.show / "episodes" / slug).is_dir()


@pytest.mark.parametrize(
    "data",
    [
        png(60_000, 60_000),
        png(20_000, 20_000),
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"\xff\xd8\xff" + bytes(9000),
        b"",
    ],
    ids=["gigapixels", "megapixels", "head-only", "gif", "no-jpeg", "empty"],
)
def test_cover_picture_that_is_none_or_immense_is_refused(house: House, data: bytes) -> None:
    house.show.mkdir()
    (house.show / "show.toml").write_text("image = 'art.png'\n")
    (house.show / "art.png").write_bytes(data)
    house.refused_with((2,), by=tone("make", house.put("post.txt", STORY)))


@pytest.mark.parametrize("out", ["file", "below-a-file", "root-owned"])
def test_place_for_scripts_that_cannot_be_is_said_in_one_line(house: House, out: str) -> None:
    post = house.put("post.txt", STORY)
    places = {"file": post, "below-a-file": post / "x", "root-owned": Path("/proc/narrator")}
    house.refused_with((2, 4, 8, 64), by=(*tone("script", post), "--out", places[out]))


@pytest.mark.parametrize(
    "destination",
    [
        "nonsense://x/y",
        "sftp://",
        "s3://",
        "http://[bad/x",
        "://x",
        "file:///proc/narrator",
        "github://a:b@c/",
        "",
    ],
)
def test_destinations_that_are_none_are_refused(house: House, manifest: Path, destination: str) -> None:
    (house.show / "show.toml").write_text("base_url = 'https://a.example/p'\nauthor = 'A'\n")
    house.run("feed")
    result = house.run("publish", destination)
    assert result.code in (2, 64), result
    assert len(result.err.strip().splitlines()) >= 1
