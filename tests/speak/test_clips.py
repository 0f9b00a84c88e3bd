"""The clip store: what is kept, what is noticed, what makes room."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from narrator.errors import SpeakError
from narrator.models import Clip, Word
from narrator.speak import ClipStore
from narrator.speak.clips import clip_key

PCM = b"\x01\x02" * 1000
CLIP = Clip(
    "p1", clip_key("a"), 1000, 22_050, energies=(0.1, 1 / 3), peak=0.7, words=(Word("It", 0),), note="cut"
)


def path_of(store: ClipStore, key: str) -> Path:
    return next(store.folder.rglob(f"{key}.clip"))


def test_what_was_kept_is_found_with_every_fact(store: ClipStore) -> None:
    store.keep(CLIP, PCM)
    assert store.find(CLIP.key, "other") == replace(CLIP, line_id="other", reused=True)
    assert store.read_pcm(CLIP.key) == PCM


def test_what_was_never_kept_is_absent(store: ClipStore) -> None:
    assert store.find(CLIP.key, "p1") is None
    with pytest.raises(SpeakError, match="Run it again"):
        store.read_pcm(CLIP.key)


def test_the_empty_key_has_no_samples(store: ClipStore) -> None:
    assert store.read_pcm("") == b""


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[:-1] + b"\x00",
        lambda data: data + b"\x00\x00",
        lambda data: b"",
        lambda data: b"\x00" * len(data),
        lambda data: data.replace(b'"samples":1000', b'"samples":"x"'),
    ],
    ids=["cut", "flipped", "longer", "empty", "zeroed", "other form"],
)
def test_damage_counts_as_absent_and_is_healed_by_keeping(store: ClipStore, damage: object) -> None:
    store.keep(CLIP, PCM)
    path = path_of(store, CLIP.key)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert store.find(CLIP.key, "p1") is None
    with pytest.raises(SpeakError):
        store.read_pcm(CLIP.key)
    store.keep(CLIP, PCM)
    assert store.read_pcm(CLIP.key) == PCM


def test_a_clip_under_another_name_is_not_that_clip(store: ClipStore) -> None:
    store.keep(CLIP, PCM)
    other = clip_key("b")
    path_of(store, CLIP.key).rename(path_of(store, CLIP.key).with_stem(other))
    assert path_of(store, other)
    assert store.find(other, "p1") is None


def test_keys_tell_parts_apart() -> None:
    assert len({clip_key("ab", "c"), clip_key("a", "bc"), clip_key("a", "b", "c"), clip_key("abc")}) == 4


def test_those_read_longest_ago_make_room(store: ClipStore) -> None:
    clips = [replace(CLIP, key=clip_key(str(n))) for n in range(5)]
    for age, clip in enumerate(clips):
        store.keep(clip, PCM)
        then = time.time() - 10_000 + age
        os.utime(path_of(store, clip.key), (then, then))
    store.find(clips[0].key, "p1")  # used now
    size = store.facts().size_bytes
    small = ClipStore(store.folder, limit_bytes=size * 3 // 5)
    assert small.shrink() >= size * 2 // 5
    kept = [clip for clip in clips if small.find(clip.key, "p1")]
    assert kept == [clips[0], clips[3], clips[4]]


def test_clips_of_former_versions_make_room_too(store: ClipStore) -> None:
    store.keep(CLIP, PCM)
    former = store.folder / "a" / "abc.clip"
    former.parent.mkdir()
    path_of(store, CLIP.key).rename(former)
    assert store.facts().clips == 1
    assert store.clear().clips == 1
    assert not former.exists()


def test_a_clip_of_which_half_was_written_is_absent_until_it_is_written_anew(store: ClipStore) -> None:
    store.keep(CLIP, PCM)
    path = path_of(store, CLIP.key)
    whole = path.read_bytes()
    for written in (0, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:written])
        assert store.find(CLIP.key, "p1") is None
        store.keep(CLIP, PCM)
        assert path.read_bytes() == whole


def test_a_clip_is_replaced_in_one_step_under_those_who_read_it(store: ClipStore) -> None:
    store.keep(CLIP, PCM)
    with path_of(store, CLIP.key).open("rb") as reading:
        store.keep(replace(CLIP, note="another"), PCM[:100])
        assert reading.read().endswith(PCM)
    assert store.read_pcm(CLIP.key) == PCM[:100]
    assert [path.name for path in store.folder.iterdir()] == [f"{CLIP.key}.clip"]


def test_clips_of_a_run_that_goes_on_are_not_removed(store: ClipStore) -> None:
    store.keep(CLIP, PCM)
    assert ClipStore(store.folder, limit_bytes=0).shrink() == 0
    assert store.find(CLIP.key, "p1")


def test_clearing_says_what_was_there(store: ClipStore) -> None:
    store.keep(CLIP, PCM)
    assert store.clear().clips == 1
    assert store.facts().clips == 0


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SpeakError, match="cannot be written"):
        ClipStore(tmp_path / "file" / "clips").keep(CLIP, PCM)
    assert ClipStore(tmp_path / "file" / "clips").find(CLIP.key, "p1") is None
