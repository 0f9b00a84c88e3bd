"""Keys and passwords never stand in clear in anything narrator prints, writes or sends elsewhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from conftest import STORY
from hostile.conftest import House

from narrator.speak import Patience

KEY = "sk-hush-4f1c9a7e2b"
PASSWORD = "pa55-of-ann"


def written(folder: Path) -> str:
    return "\n".join(
        path.read_bytes().decode("latin-1") for path in sorted(folder.rglob("*")) if path.is_file()
    )


@pytest.mark.parametrize("debug", [(), ("--debug",)], ids=["plain", "debug"])
@pytest.mark.parametrize(
    "destination",
    [
        f"sftp://ann:{PASSWORD}@127.0.0.1:9/www",
        f"ssh://ann:{PASSWORD}@127.0.0.1:9/www",
        f"ftp://ann:{PASSWORD}@127.0.0.1:9/www",
        f"nonsense://ann:{PASSWORD}@h/www",
        f"https://ann:{PASSWORD}@[bad/www",
    ],
)
def test_password_of_a_destination_is_masked(house: House, destination: str, debug: tuple[str, ...]) -> None:
    house.make(house.put("post.txt", STORY))
    (house.show / "show.toml").write_text("base_url = 'https://a.example/p'\nauthor = 'A'\n")
    before = dict(house_files(house))
    result = house.run_narrator("publish", destination, "--show", house.show, *debug)
    assert result.code == 64, result
    assert PASSWORD not in result.out + result.err
    assert PASSWORD not in written(house.show)
    assert set(before) <= set(dict(house_files(house)))


def house_files(house: House) -> list[tuple[str, bytes]]:
    return [(str(path), path.read_bytes()) for path in house.show.rglob("*") if path.is_file()]


@pytest.mark.parametrize("debug", [(), ("--debug",)], ids=["plain", "debug"])
@pytest.mark.parametrize(
    ("key", "address"),
    [
        (KEY, "http://127.0.0.1:9/v1"),
        (f"{KEY}\nX-Injected: yes", "http://127.0.0.1:9/v1"),
        (f"{KEY}é", "http://127.0.0.1:9/v1"),
        (KEY, f"http://ann:{PASSWORD}@127.0.0.1:9/v1"),
        (KEY, f"ftp://ann:{PASSWORD}@127.0.0.1/v1"),
        (KEY, f"http://ann:{PASSWORD}@[bad/v1"),
    ],
    ids=["unreachable", "line-break", "no-ascii", "in-address", "other-scheme", "no-address"],
)
def test_key_and_address_of_a_speech_server_are_masked(
    house: House, monkeypatch: pytest.MonkeyPatch, key: str, address: str, debug: tuple[str, ...]
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    monkeypatch.setattr("narrator.speak.lines.Patience", partial(Patience, unreachable_s=0.1))
    voice = house.put("v.toml", 'engine = "openai"\nlanguage = "en"\n[roles.anchor]\nvoice = "a"\n')
    post = house.put("post.txt", "Rain\n\nIt rained in Hallvik on Friday, the council said in the evening.\n")
    result = house.run_narrator("make", post, "--voice", voice, "--show", house.show, *debug)
    assert result.code in (2, 16), result
    for secret in (KEY, PASSWORD):
        assert secret not in result.out + result.err
        assert secret not in written(house.show)


def test_redacting_leaves_ordinary_text_alone() -> None:
    from narrator.redact import redact

    text = (
        "write to ann@example.org, see https://a.example/x@y:z and 10:30@home, sftp://ann@files.example/www"
    )
    assert redact(text) == text


@pytest.mark.parametrize(
    "address",
    [
        f"sftp://ann:{PASSWORD}@h/x",
        f"sftp://ann:{PASSWORD}@@h/x",
        f"s3://ann:p@{PASSWORD}@h/x",
        f"https://:{PASSWORD}@h",
        f"HTTP://ann:{PASSWORD}@127.0.0.1:80/?a=b",
    ],
)
def test_redacting_finds_passwords_however_odd(address: str) -> None:
    from narrator.errors import FetchFailed
    from narrator.redact import redact, without_userinfo

    assert PASSWORD not in redact(f"cannot reach {address} today")
    assert PASSWORD not in without_userinfo(address)
    error = FetchFailed(f"no {address}", where=address, hint=f"Try {address}.")
    assert PASSWORD not in f"{error} {error.message} {error.where} {error.hint} {error.args} {error!r}"
