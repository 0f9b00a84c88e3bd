"""`gtts`: the voice of Google Translate, through requests that gTTS builds and we send.

gTTS opens a TLS session for every request, verifies no certificate, waits for ever, and writes
nothing when an answer holds no sound (docs/design/engines.md). Here the requests go over kept-alive,
verified sessions with timeouts; lines are cut where a reader would breathe; every answer is decoded
and its length compared with its text; and a refusal slows everything down instead of failing.
"""

from __future__ import annotations

import base64
import binascii
import json
import threading
from collections.abc import Collection
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from narrator.errors import LanguageNotSpoken, SpeakError, SpeechFailed
from narrator.speak.engine import ANY_LANGUAGE, Sound, Utterance
from narrator.speak.gate import Gate
from narrator.speak.heard import Ear
from narrator.speak.patience import Patience, Trouble
from narrator.speak.pieces import shift_pitch
from narrator.speak.retry import persist
from narrator.speak.slots import Slots
from narrator.speak.wire import Wire
from narrator.voices import Casting

if TYPE_CHECKING:
    import requests

LIMIT_CHARS = 100
"""Longest text the service takes (``gTTS.GOOGLE_TTS_MAX_CHARS``)."""
AT_ONCE = 8
"""Requests under way at once, over all processes of this machine."""
SETTINGS_VERSION = "1"
"""Raised when the same casting is to sound otherwise."""
RPC = "jQ1olc"
PROBE_S = 2.0
SERVICE = "Google's speech service"


_OTHER_NAMES = {"he": "iw", "jv": "jw", "nb": "no", "nn": "no", "fil": "tl"}
"""BCP 47 languages that Google calls otherwise."""


class GttsEngine:
    """Google Translate's voice: one for each language, for some in the accents of several countries.

    Casting: `voice` is a gTTS language ("en", "pt", "zh-CN"; "mul" takes the language of the text),
    `options` are ``tld``, the Google domain whose accent is taken ("co.uk", "com.au"), ``slow``, and
    ``semitones``, by which the voice is made higher or lower.
    """

    name = "gtts"
    offline = False
    needs = 'Install it with "pip install gTTS"; it needs the network, and the text goes to Google.'
    price_usd = 0.0
    at_once = AT_ONCE
    limit_chars = LIMIT_CHARS

    def __init__(self) -> None:
        self._gate = Gate(AT_ONCE, Slots("gtts", AT_ONCE))
        self._wire = Wire(SERVICE)
        self._ear = Ear()

    def lacks(self, casting: Casting | None = None) -> str | None:
        """The gTTS package, where it was left out."""
        return None if find_spec("gtts") else "the gTTS package is not installed"

    def languages(self) -> Collection[str]:
        """Those of gTTS, in lower case."""
        return _languages().keys()

    def fingerprint(self, casting: Casting) -> str:
        """Version of the settings in this file; the service does not tell its own."""
        if casting.voice != ANY_LANGUAGE:
            _google_name(casting.voice)
        return SETTINGS_VERSION

    def answers(self) -> bool:
        """Whether the service speaks a word within `PROBE_S`, looking up its address included."""
        heard = threading.Event()

        def ask() -> None:
            try:
                self._ask("Yes.", Casting("en"), "en", PROBE_S)
            except (Trouble, SpeakError):
                return
            heard.set()

        # in a thread, because no timeout bounds the look-up of a name
        threading.Thread(target=ask, daemon=True, name="gtts-probe").start()
        return heard.wait(PROBE_S)

    def speak(self, utterance: Utterance, patience: Patience) -> Sound:
        """The utterance at 24,000 Hz."""
        casting = utterance.casting
        foreign = utterance.foreign or casting.voice == ANY_LANGUAGE
        language = _google_name(utterance.language if foreign else casting.voice)
        sound = persist(
            lambda timeout_s: self._ask(utterance.say, casting, language, timeout_s),
            gate=self._gate,
            patience=patience,
            what=SERVICE,
        )
        return shift_pitch(sound, float(casting.options.get("semitones", 0)))

    def _ask(self, text: str, casting: Casting, language: str, timeout_s: float) -> Sound:
        """One request, and its answer as sound.

        Raises:
            Trouble: it failed in a way that may pass.
            SpeechFailed: it never will work.
        """
        tld = str(casting.options.get("tld", "com"))
        answer = self._wire.send(
            _build_request(text, language, tld, slow=bool(casting.options.get("slow", False))), timeout_s
        )
        if answer.status in (400, 404):
            raise SpeechFailed(
                f'{SERVICE} refuses language "{language}" at translate.google.{tld} (HTTP {answer.status})',
                hint="Choose another tld in the voice file.",
            )
        answer.raise_for_trouble()
        return self._ear.hear(_find_audio(answer.body), text, kind="mp3")


def _build_request(text: str, language: str, tld: str, *, slow: bool) -> requests.PreparedRequest:
    """gTTS's own request for *text*, which is short enough to be one."""
    from gtts import gTTS

    tts = gTTS(
        text,
        lang=language,
        tld=tld,
        slow=slow,
        lang_check=False,
        pre_processor_funcs=[],  # its own would take dots out of abbreviations and cut at others
        tokenizer_func=lambda whole: [whole],
    )
    request: requests.PreparedRequest
    (request,) = tts._prepare_requests()
    return request


def _find_audio(body: bytes) -> bytes:
    """The MP3 in an answer: base64 in JSON in a row of JSON.

    Raises:
        Trouble: there is none in it.
    """
    said = body.decode("utf-8", "replace")
    if said.lstrip().startswith("<"):
        raise Trouble("failing", "sends a web page instead of sound; it may ask whether you are human")
    for line in said.splitlines():
        if RPC in line:
            try:
                rows: list[Any] = json.loads(line)
                payload = next(row[2] for row in rows if row[:2] == ["wrb.fr", RPC])
                return base64.b64decode(json.loads(payload or "[]")[0], validate=True)
            except (ValueError, LookupError, TypeError, StopIteration, binascii.Error) as error:
                raise Trouble("failing", "answers without sound") from error
    raise Trouble("failing", "answers without sound")


@cache
def _languages() -> dict[str, str]:
    """Code in lower case → as Google writes it."""
    from gtts.lang import tts_langs

    known = {code.casefold(): code for code in tts_langs()}
    return known | {ours: theirs for ours, theirs in _OTHER_NAMES.items() if theirs in known}


def _google_name(language: str) -> str:
    """What Google calls *language*: the code itself, else the language without the country.

    Raises:
        LanguageNotSpoken: Google has no voice for it.
    """
    known = _languages()
    wanted = language.casefold()
    found = known.get(wanted) or known.get(wanted.partition("-")[0])
    if found is None:
        raise LanguageNotSpoken(f'{SERVICE} has no voice for "{language}"', hint='Run "narrator voices".')
    return found
