"""`openai`: any server with ``/v1/audio/speech``: OpenAI, Kokoro-FastAPI, LocalAI, openedai-speech …

The key is read from the environment only, so that it never stands in a file that is shared.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from typing import TYPE_CHECKING

from narrator.address import split_address
from narrator.errors import ConfigError, EngineUnavailable, SpeechFailed
from narrator.speak.engine import ANY_LANGUAGE, Sound, Utterance
from narrator.speak.gate import Gate
from narrator.speak.heard import Ear
from narrator.speak.patience import Patience, Trouble
from narrator.speak.pieces import shift_pitch
from narrator.speak.retry import persist
from narrator.speak.slots import Slots
from narrator.speak.wire import Answer, Wire
from narrator.voices import Casting

if TYPE_CHECKING:
    import requests

BASE_URL = "https://api.openai.com/v1"
MODEL = "tts-1"
FORMAT = "mp3"
LIMIT_CHARS = 4096
"""Of OpenAI's own service; smaller models lose words well before that, and lines are sentences."""
AT_ONCE = 4
SETTINGS_VERSION = "1"
RAW_RATE_HZ = 24_000
"""Of the format "pcm", which does not say."""
SERVICE = "the speech server"


class OpenaiEngine:
    """Speech from a server with OpenAI's interface.

    Casting: `voice` is the server's name for it ("alloy", "af_bella"), `options` are ``base_url`` (else
    ``OPENAI_BASE_URL``, else OpenAI's own), ``model``, ``format`` (mp3, wav, flac, opus, pcm),
    ``limit_chars``, ``instructions`` and ``semitones``.
    """

    name = "openai"
    offline = False
    needs = "Set OPENAI_API_KEY, or OPENAI_BASE_URL to a server that needs no key."
    price_usd = 15.0
    at_once = AT_ONCE
    limit_chars = LIMIT_CHARS

    def __init__(self) -> None:
        self._gate = Gate(AT_ONCE, Slots("openai", AT_ONCE))
        self._wire = Wire(SERVICE)
        self._ear = Ear()

    def lacks(self, casting: Casting | None = None) -> str | None:
        """A key, where the server is OpenAI's own."""
        if _base_url(casting) == BASE_URL and not os.environ.get("OPENAI_API_KEY"):
            return "there is no key in OPENAI_API_KEY"
        return None

    def languages(self) -> Collection[str]:
        """Whatever the model can read; servers do not say."""
        return (ANY_LANGUAGE,)

    def fingerprint(self, casting: Casting) -> str:
        """The server, and the version of the settings in this file."""
        return f"{SETTINGS_VERSION}/{_base_url(casting)}"

    def speak(self, utterance: Utterance, patience: Patience) -> Sound:
        """The utterance, whole; the rate is the server's."""
        casting = utterance.casting
        sound = persist(
            # making the sound is the server's work, not the network's: four times as long
            lambda timeout_s: self._ask(utterance.say, casting, timeout_s * 4),
            gate=self._gate,
            patience=patience,
            what=SERVICE,
        )
        return shift_pitch(sound, float(casting.options.get("semitones", 0)))

    def _ask(self, text: str, casting: Casting, timeout_s: float) -> Sound:
        """One request, and its answer as sound.

        Raises:
            Trouble: it failed in a way that may pass.
            SpeakError: it never will work.
        """
        answer = self._wire.send(_build_request(text, casting), timeout_s)
        _raise_for_refusal(answer, casting)
        answer.raise_for_trouble()
        if answer.type.startswith("text/") or answer.type in ("application/json", "application/problem+json"):
            raise Trouble("failing", f"sends {answer.type} instead of sound")
        form = str(casting.options.get("format", FORMAT))
        if form == "pcm":
            return self._ear.judge(
                Sound(answer.body[: len(answer.body) // 2 * 2], RAW_RATE_HZ), text, casting.pace
            )
        # not every server keeps to the format it was asked for: what says it is MP3 is taken for it
        kind = "mp3" if answer.type in ("audio/mpeg", "audio/mp3") else None
        return self._ear.hear(answer.body, text, kind=kind, pace=casting.pace)


def _base_url(casting: Casting | None) -> str:
    """Where the server is, without a slash at the end.

    Raises:
        ConfigError: it is no address.
    """
    said = casting.options.get("base_url") if casting else None
    base = str(said or os.environ.get("OPENAI_BASE_URL") or BASE_URL).rstrip("/")
    parts = split_address(base)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ConfigError("the speech server's address is no http(s) address", where=base)
    return base


def _build_request(text: str, casting: Casting) -> requests.PreparedRequest:
    import requests

    options = casting.options
    body = {
        "model": options.get("model", MODEL),
        "voice": casting.voice,
        "input": text,
        "response_format": options.get("format", FORMAT),
        "speed": casting.pace,
    }
    if "instructions" in options:
        body["instructions"] = options["instructions"]
    key = os.environ.get("OPENAI_API_KEY", "").strip()
    if not (key.isascii() and key.isprintable()):
        raise EngineUnavailable(
            "OPENAI_API_KEY holds characters no key has", hint="Copy the key anew, on one line."
        )
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return requests.Request(
        "POST", f"{_base_url(casting)}/audio/speech", json=body, headers=headers
    ).prepare()


def _raise_for_refusal(answer: Answer, casting: Casting) -> None:
    """Errors for answers that no waiting will change."""
    if answer.status < 400:
        return
    said = _reason(answer)
    if answer.status in (401, 403):
        raise EngineUnavailable(f"the server refuses the key ({said})", hint="Check OPENAI_API_KEY.")
    if answer.status == 402 or "insufficient_quota" in said or "quota" in said.lower():
        raise SpeechFailed(
            f"the account's quota is used up ({said})", hint='Top it up, or use "--engine espeak".'
        )
    if answer.status < 500 and answer.status not in (408, 409, 425, 429):
        raise SpeechFailed(
            f'the server refuses voice "{casting.voice}" (HTTP {answer.status}: {said})',
            hint="Check voice, model and base_url in the voice file.",
        )


def _reason(answer: Answer) -> str:
    """What the server says is wrong, in a few words."""
    try:
        error = json.loads(answer.body)["error"]
        said = (
            f"{error.get('code') or ''} {error.get('message') or ''}"
            if isinstance(error, dict)
            else str(error)
        )
    except (ValueError, LookupError, TypeError):
        said = answer.body[:120].decode("utf-8", "replace")
    return " ".join(said.split())[:160] or f"HTTP {answer.status}"
