import json
from collections.abc import Callable
from pathlib import Path

from conftest import Ran


def test_doctor_names_what_works(run_narrator: Callable[..., Ran], tmp_path: Path) -> None:
    result = run_narrator("doctor", "--json", "--show", tmp_path / "none")
    assert result.code == 0
    found = {row["what"]: row for row in map(json.loads, result.out.splitlines())}
    assert found["engine espeak"]["fine"]
    assert found["encoder"]["said"].startswith("ffmpeg")
    assert "none yet" in found["show"]["said"]


def test_doctor_says_what_is_wrong_with_the_show(run_narrator: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text("titel = 'x'\n")
    result = run_narrator("doctor", "--show", tmp_path)
    assert 'Did you mean "title"' in result.out
