"""A server like OpenAI's on loopback: what is sent, and what its refusals become."""

from __future__ import annotations

import json

import pytest
from speak.conftest import script_of
from speak.services import Service

from narrator.errors import EngineUnavailable, SpeakError, SpeechFailed
from narrator.speak import ClipStore, Patience, Utterance, find_engine, speak_script
from narrator.speak.pieces import speak_whole
from narrator.voices import Casting, Voice

HASTY = {"failing_s": 1.0, "waiting_s": 1.5, "unreachable_s": 0.5}


def voice(**options: str | int) -> Voice:
    return Voice("openai", "mul", {"anchor": (Casting("alloy", pace=1.1, options=options),)})


def test_the_request_is_what_the_interface_asks_for(openai: Service, store: ClipStore) -> None:
    speak_script(script_of("The boats are back."), voice(model="kokoro"), store)
    assert json.loads(openai.bodies[0]) == {
        "model": "kokoro",
        "voice": "alloy",
        "input": "The boats are back.",
        "response_format": "mp3",
        "speed": 1.1,
    }
    assert openai.headers[0]["Authorization"] == "Bearer test-key"


def test_a_server_of_ones_own_needs_no_key(
    openai: Service, store: ClipStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("OPENAI_BASE_URL")
    speak_script(script_of("The boats are back."), voice(base_url=f"{openai.url}/v1/"), store)
    assert "Authorization" not in openai.headers[0]


def test_openai_without_a_key_is_refused_before_anything_is_sent(
    openai: Service, store: ClipStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("OPENAI_BASE_URL")
    with pytest.raises(EngineUnavailable, match="OPENAI_API_KEY") as caught:
        speak_script(script_of("The boats are back."), voice(), store)
    assert caught.value.exit_code == 16
    assert openai.texts == []


@pytest.mark.parametrize(
    ("fate", "kind", "said"),
    [
        ("quota", SpeechFailed, "quota is used up"),
        ("bad key", EngineUnavailable, "refuses the key"),
        ("400", SpeechFailed, 'refuses voice "alloy"'),
    ],
)
def test_refusals_for_good_are_not_tried_again(
    openai: Service, store: ClipStore, fate: str, kind: type[SpeakError], said: str
) -> None:
    openai.plan = [fate]
    with pytest.raises(kind, match=said):
        speak_script(script_of("The boats are back."), voice(), store)
    assert len(openai.texts) == 1


@pytest.mark.parametrize("fate", ["429", "503", "page", "short", "reset"])
def test_passing_trouble_passes(openai: Service, store: ClipStore, fate: str) -> None:
    openai.plan = [fate]
    (clip,) = speak_script(script_of("The boats are back in port."), voice(), store)
    assert clip.samples / clip.rate_hz > 1.3
    assert len(openai.texts) == 2


def test_text_over_the_limit_goes_in_pieces(openai: Service) -> None:
    text = "One boat came back. Another one did not. The third was never out."
    casting = Casting("alloy", options={"limit_chars": 41})
    speak_whole(Utterance(text, casting, "en"), find_engine("openai"), Patience(**HASTY))
    assert openai.texts == ["One boat came back. Another one did not.", "The third was never out."]
