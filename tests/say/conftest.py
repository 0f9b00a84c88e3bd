from __future__ import annotations

import functools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Heard = Callable[..., str]


@pytest.fixture(scope="session")
def heard() -> Iterator[Heard]:
    """What is heard of a text, by a voice of a language; see heard.py."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("heard.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as ear:

        @functools.cache
        def ask(text: str, language: str = "en-gb") -> str:
            assert ear.stdin
            assert ear.stdout
            print(json.dumps({"text": text, "language": language}), file=ear.stdin, flush=True)
            return str(json.loads(ear.stdout.readline()))

        yield ask
        assert ear.stdin
        ear.stdin.close()
