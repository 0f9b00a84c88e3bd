"""Voices fetched from a catalogue on loopback: checked, gone on with, cast."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import Ran

from narrator.errors import SpeechFailed, VoiceNotFound
from narrator.speak.install import install_voices, read_catalogue
from narrator.voices import load_voice

MODEL = bytes(range(256)) * 2000
SETTINGS = b'{"audio": {"sample_rate": 22050}}'


class Shelf:
    """Files on loopback; `cut_after` breaks every answer off, `asked` holds the ranges."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.cut_after: int | None = None
        self.ranges = True
        self.asked: list[str | None] = []
        shelf = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                data = shelf.files.get(self.path.lstrip("/"))
                if data is None:
                    self.send_error(404)
                    return
                wanted = self.headers.get("Range")
                shelf.asked.append(wanted)
                start = int(wanted.partition("=")[2].rstrip("-")) if wanted and shelf.ranges else 0
                self.send_response(206 if start else 200)
                self.send_header("Content-Length", str(len(data) - start))
                self.end_headers()
                whole = shelf.cut_after is None or self.path.endswith(".json")
                self.wfile.write(data[start:] if whole else data[start : start + (shelf.cut_after or 0)])

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.catalogue = f"http://127.0.0.1:{self.server.server_address[1]}/voices.json"

    def offer(self, name: str, model: bytes = MODEL) -> None:
        """Put a voice on the shelf and into the catalogue."""
        catalogue = json.loads(self.files.get("voices.json", b"{}"))
        files = {f"en/{name}.onnx": model, f"en/{name}.onnx.json": SETTINGS, "en/MODEL_CARD": b"about"}
        self.files.update(files)
        catalogue[name] = {
            "key": name,
            "language": {
                "code": name.partition("-")[0],
                "name_english": "English",
                "country_english": "Norland",
            },
            "quality": "medium",
            "num_speakers": 1,
            "files": {
                path: {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}
                for path, data in files.items()
            },
        }
        self.files["voices.json"] = json.dumps(catalogue).encode()


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    shelf = Shelf()
    shelf.offer("en_GB-ann-medium")
    shelf.offer("en_GB-bo-medium")
    threading.Thread(target=shelf.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield shelf
    shelf.server.shutdown()
    shelf.server.server_close()


def install(shelf: Shelf, folder: Path, *names: str) -> Path:
    return install_voices(
        names, models=folder / "models", voices=folder / "voices", catalogue=shelf.catalogue
    )


def test_model_and_settings_are_fetched_and_cast(shelf: Shelf, tmp_path: Path) -> None:
    path = install(shelf, tmp_path, "en_GB-ann-medium")
    assert (tmp_path / "models" / "en_GB-ann-medium.onnx").read_bytes() == MODEL
    assert (tmp_path / "models" / "en_GB-ann-medium.onnx.json").read_bytes() == SETTINGS
    assert len(list((tmp_path / "models").iterdir())) == 2
    voice = load_voice(path)
    assert (voice.engine, voice.language, voice.name) == ("piper", "en-GB", "en_GB-ann-medium")
    analysts = [(one.voice, one.options["semitones"]) for one in voice.roles["analyst"]]
    assert analysts == [("en_GB-ann-medium", -2.5), ("en_GB-ann-medium", 2.5)]


def test_a_second_voice_reads_the_sidebars(shelf: Shelf, tmp_path: Path) -> None:
    voice = load_voice(install(shelf, tmp_path, "en_GB-ann-medium", "en_GB-bo-medium"))
    assert [one.voice for one in voice.roles["analyst"]] == ["en_GB-bo-medium"]


def test_a_broken_transfer_is_gone_on_with(shelf: Shelf, tmp_path: Path) -> None:
    shelf.cut_after = len(MODEL) // 8
    with pytest.raises(SpeechFailed, match="what was fetched is kept") as caught:
        install(shelf, tmp_path, "en_GB-ann-medium")
    assert caught.value.transient
    assert not (tmp_path / "models" / "en_GB-ann-medium.onnx").exists()
    shelf.cut_after = None
    shelf.asked.clear()
    install(shelf, tmp_path, "en_GB-ann-medium")
    assert any(wanted and int(wanted[6:-1]) > len(MODEL) // 4 for wanted in shelf.asked)
    assert (tmp_path / "models" / "en_GB-ann-medium.onnx").read_bytes() == MODEL


def test_a_server_without_ranges_starts_over(shelf: Shelf, tmp_path: Path) -> None:
    part = tmp_path / "models" / "en_GB-ann-medium.onnx.part"
    part.parent.mkdir()
    part.write_bytes(MODEL[:1000])
    shelf.ranges = False
    install(shelf, tmp_path, "en_GB-ann-medium")
    assert (tmp_path / "models" / "en_GB-ann-medium.onnx").read_bytes() == MODEL


def test_what_is_not_as_in_the_catalogue_is_thrown_away(shelf: Shelf, tmp_path: Path) -> None:
    shelf.files["en/en_GB-ann-medium.onnx"] = MODEL[:-1] + b"x"
    with pytest.raises(SpeechFailed, match="not what the catalogue says"):
        install(shelf, tmp_path, "en_GB-ann-medium")
    assert list((tmp_path / "models").iterdir()) == []


def test_what_is_there_already_is_not_fetched_again(shelf: Shelf, tmp_path: Path) -> None:
    path = install(shelf, tmp_path, "en_GB-ann-medium")
    path.write_text(path.read_text() + "# mine\n")
    shelf.asked.clear()
    install(shelf, tmp_path, "en_GB-ann-medium")
    assert len(shelf.asked) == 1, "the catalogue alone"
    assert "# mine" in path.read_text()


def test_a_name_that_is_not_offered_is_answered_with_the_nearest(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(VoiceNotFound, match="en_GB-ann-medium"):
        install(shelf, tmp_path, "en_GB-anne-medium")


@pytest.mark.parametrize("content", [None, b"<html>", b"[]"])
def test_no_catalogue_is_a_clear_error(shelf: Shelf, content: bytes | None) -> None:
    shelf.files.pop("voices.json")
    if content:
        shelf.files["voices.json"] = content
    with pytest.raises(SpeechFailed, match=r"voices\.json"):
        read_catalogue(shelf.catalogue)


def test_the_command_installs_and_lists(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_narrator: Callable[..., Ran]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    done = run_narrator("voices", "install", "en_GB-bo-medium", "--catalogue", shelf.catalogue)
    assert done.code == 0, done
    assert "--voice en_GB-bo-medium" in done.out
    assert (tmp_path / "data" / "narrator" / "piper" / "en_GB-bo-medium.onnx").is_file()
    listed = run_narrator("voices", "catalogue", "--catalogue", shelf.catalogue, "--language", "en", "--json")
    assert [json.loads(row)["voice"] for row in listed.out.splitlines()] == [
        "en_GB-ann-medium",
        "en_GB-bo-medium",
    ]
    assert run_narrator("voices", "catalogue", "--catalogue", shelf.catalogue, "--language", "fr").out == ""
