"""Google's voice on loopback: whole lines or a clear error, politely asked for."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import pytest
from speak.conftest import script_of
from speak.services import S_PER_CHARACTER, Service, hum

from narrator.errors import LanguageNotSpoken, SpeechFailed
from narrator.speak import ClipStore, Patience, Utterance, find_engine, speak_script
from narrator.speak.patience import Trouble
from narrator.speak.pieces import speak_whole
from narrator.voices import Casting, Voice

SHARED = Path(__file__).parents[3] / "shared" / "tools" / "fake_google_tts.py"
LONG = (
    "The harbour authority said on Thursday that two ferries would stay in port until the storm passed, "
    "because nobody wanted to repeat the mistakes of last winter; the mayor agreed, and schools closed early."
)
TEXTS = [f"Ferry number {n} left the harbour with {n * 7} people on board." for n in range(7)]
FAULTS = [
    "429",
    "500",
    "403",
    "reset",
    "truncated",
    "short",
    "empty",
    "nothing",
    "captcha",
    "garbage",
    "cut base64",
]
HASTY = {"failing_s": 0.4, "waiting_s": 0.5, "unreachable_s": 0.3}


@pytest.fixture
def voice() -> Voice:
    return Voice("gtts", "en-GB", {"anchor": (Casting("en", options={"tld": "co.uk"}),)})


def seconds(store: ClipStore, clips: list[Any]) -> list[float]:
    return [clip.samples / clip.rate_hz for clip in clips]


def test_long_lines_are_cut_at_clauses_and_come_back_whole(google: Service) -> None:
    sound = speak_whole(Utterance(LONG, Casting("en"), "en"), find_engine("gtts"), Patience())
    assert all(len(text) <= 100 for text in google.texts)
    assert " ".join(google.texts) == LONG
    assert all(text[-1] in ",;." for text in google.texts)
    assert len(sound.pcm) / 2 / sound.rate_hz == pytest.approx(len(LONG) * S_PER_CHARACTER, rel=0.15)


def test_the_second_run_asks_for_nothing(google: Service, voice: Voice, store: ClipStore) -> None:
    script = script_of(*TEXTS)
    speak_script(script, voice, store)
    google.texts.clear()
    assert all(clip.reused for clip in speak_script(script, voice, store))
    assert google.texts == []


def test_at_most_eight_requests_are_under_way(google: Service, voice: Voice, store: ClipStore) -> None:
    google.latency_s = 0.05
    speak_script(script_of(*TEXTS, LONG), voice, store)
    assert 4 <= google.most_at_once <= 8


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_passes_leaves_no_trace(
    google: Service, voice: Voice, store: ClipStore, fault: str
) -> None:
    wanted = seconds(store, speak_script(script_of(*TEXTS), voice, store))
    store.clear()
    google.plan = lambda text, attempt: fault if attempt == 2 and int(text.split()[2]) % 3 == 0 else "ok"
    assert seconds(store, speak_script(script_of(*TEXTS), voice, store)) == wanted


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_is_a_clear_error_in_time(
    google: Service, voice: Voice, store: ClipStore, fault: str
) -> None:
    google.plan = lambda text, attempt: fault
    begun = time.monotonic()
    with pytest.raises(SpeechFailed, match="--engine espeak") as caught:
        speak_script(script_of(*TEXTS), voice, store, patience=Patience(**HASTY))
    assert time.monotonic() - begun < 4
    assert caught.value.transient
    assert caught.value.exit_code == 16
    assert "\n" not in str(caught.value)
    assert store.facts().clips == 0


def test_a_service_that_hangs_ends_in_time(google: Service, voice: Voice, store: ClipStore) -> None:
    google.plan = lambda text, attempt: "hang"
    begun = time.monotonic()
    with pytest.raises(SpeechFailed, match="does not answer in time"):
        speak_script(script_of(*TEXTS[:2]), voice, store, patience=Patience(**HASTY))
    assert time.monotonic() - begun < 4


def test_what_was_voiced_before_the_failure_is_kept(google: Service, voice: Voice, store: ClipStore) -> None:
    google.plan = lambda text, attempt: "500" if text == TEXTS[3] else "ok"
    with pytest.raises(SpeechFailed):
        speak_script(script_of(*TEXTS), voice, store, patience=Patience(**HASTY))
    kept = store.facts().clips
    assert kept >= 2
    google.texts.clear()
    google.plan = []
    assert sum(clip.reused for clip in speak_script(script_of(*TEXTS), voice, store)) == kept
    assert len(google.texts) == len(TEXTS) - kept


def test_pieces_of_a_line_that_failed_are_kept_too(google: Service, voice: Voice, store: ClipStore) -> None:
    last = "because nobody wanted"
    google.plan = lambda text, attempt: "404" if text.startswith(last) else "ok"
    with pytest.raises(SpeechFailed):
        speak_script(script_of(LONG), voice, store, workers=1)
    asked = set(google.texts)
    google.texts.clear()
    google.plan = []
    (clip,) = speak_script(script_of(LONG), voice, store)
    assert set(google.texts).isdisjoint(text for text in asked if not text.startswith(last))
    assert clip.samples / clip.rate_hz == pytest.approx(len(LONG) * S_PER_CHARACTER, rel=0.15)
    assert not clip.reused
    assert speak_script(script_of(LONG), voice, store)[0].reused


def test_a_tld_that_does_not_exist_is_no_passing_trouble(
    google: Service, voice: Voice, store: ClipStore
) -> None:
    google.plan = lambda text, attempt: "404"
    with pytest.raises(SpeechFailed, match=r"translate\.google\.co\.uk"):
        speak_script(script_of("One."), voice, store)
    assert len(google.texts) == 1


def test_a_language_google_lacks_is_named(google: Service) -> None:
    with pytest.raises(LanguageNotSpoken, match="tlh"):
        find_engine("gtts").fingerprint(Casting("tlh"))


@pytest.mark.parametrize(
    ("asked", "sent"), [("pt-BR", "pt"), ("zh-TW", "zh-TW"), ("he", "iw"), ("nb-NO", "no")]
)
def test_languages_go_by_googles_names(google: Service, asked: str, sent: str) -> None:
    find_engine("gtts").speak(Utterance("Hello there", Casting("mul"), asked), Patience())
    assert f"%5C%22{sent}%5C%22".encode() in google.bodies[0]


def test_a_shifted_voice_is_shorter_and_higher(google: Service) -> None:
    engine = find_engine("gtts")
    plain = engine.speak(Utterance(TEXTS[0], Casting("en"), "en"), Patience())
    high = engine.speak(Utterance(TEXTS[0], Casting("en", options={"semitones": 12}), "en"), Patience())
    assert len(high.pcm) == pytest.approx(len(plain.pcm) / 2, rel=0.01)


def test_the_probe_says_whether_anybody_is_there(google: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    engine: Any = find_engine("gtts")
    assert engine.answers()
    monkeypatch.setattr("narrator.speak.engines.gtts.PROBE_S", 0.2)
    google.latency_s = 1.0
    assert not engine.answers()


def test_no_network_is_a_quick_and_clear_error(
    google: Service, voice: Voice, store: ClipStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gtts.tts._translate_url", lambda tld="com", path="": f"http://127.0.0.1:1/{path}")
    begun = time.monotonic()
    with pytest.raises(SpeechFailed, match="cannot be reached"):
        speak_script(script_of("One."), voice, store, patience=Patience(**HASTY))
    assert time.monotonic() - begun < 2


@pytest.fixture
def google_over_tls(monkeypatch: pytest.MonkeyPatch, fresh_engines: None, quick_retries: None) -> Any:
    """The real address through a proxy that speaks TLS for it."""
    if not SHARED.is_file():
        pytest.skip("needs ../shared/tools/fake_google_tts.py")
    monkeypatch.syspath_prepend(str(SHARED.parent))
    sys.modules.pop("fake_google_tts", None)
    import fake_google_tts

    with fake_google_tts.FakeGoogle(audio="silence") as service:
        service.master = hum()
        for name, value in service.env.items():
            monkeypatch.setenv(name, value)
        yield service


def test_sessions_are_verified_and_kept_open(google_over_tls: Any, voice: Voice, store: ClipStore) -> None:
    clips = speak_script(script_of(*TEXTS), voice, store)
    stats = google_over_tls.stats()
    assert stats["requests"] == len(TEXTS)
    assert stats["tls"] <= 8
    assert len(clips) == len(TEXTS)


def test_a_certificate_nobody_knows_is_refused(
    google_over_tls: Any, voice: Voice, store: ClipStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SpeechFailed, match="REQUESTS_CA_BUNDLE"):
        speak_script(script_of("One."), voice, store)


def test_ssl_cert_file_alone_is_enough(
    google_over_tls: Any, voice: Voice, store: ClipStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    assert len(speak_script(script_of("One."), voice, store)) == 1


def test_silence_is_no_speech(google_over_tls: Any, voice: Voice, store: ClipStore) -> None:
    google_over_tls.master = None
    with pytest.raises(SpeechFailed, match="sends silence"):
        speak_script(script_of("One."), voice, store, patience=Patience(**HASTY))
    assert store.facts().clips == 0


def test_a_web_page_is_trouble_not_sound() -> None:
    from narrator.speak.engines.gtts import _find_audio

    with pytest.raises(Trouble, match="human"):
        _find_audio(b"<html>unusual traffic</html>")
