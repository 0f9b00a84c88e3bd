"""`piper`: neural voices on this machine, from files that `narrator voices install` fetches.

The package is an extra (``pip install narrator-podcast[piper]``): with its runtime it is fifty times
the size of narrator. A model is loaded once and used from several threads, each line on one core, so
that a line's bytes do not depend on how many cores there are.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from narrator.errors import EngineUnavailable, SpeechFailed
from narrator.machine import cores
from narrator.models import Word
from narrator.speak.engine import Sound, Utterance
from narrator.speak.patience import Patience
from narrator.speak.pieces import shift_pitch
from narrator.voices import Casting

SENTENCE_PAUSE_MS = 300
"""Between the sentences of one line; piper makes them one by one."""
SETTINGS_VERSION = "1"
"""Raised when the same casting is to sound otherwise."""


class PiperEngine:
    """Neural synthesis from installed voice files.

    Casting: `voice` is an installed voice ("en_GB-alan-medium") or a path to a model, `options` are
    ``speaker`` (a number or a name, for models with several), ``noise`` and ``noise_w`` (liveliness, 0
    to 1; 0 unless said, because with noise the same line never sounds twice alike), and ``semitones``,
    by which the voice is made higher or lower.
    """

    name = "piper"
    offline = True
    needs = 'Run "pip install narrator-podcast[piper]", then "narrator voices install NAME".'
    price_usd = 0.0
    limit_chars = 1_000

    def __init__(self) -> None:
        self.at_once = cores()
        self._loaded: dict[Path, Any] = {}
        self._lock = threading.Lock()

    def lacks(self, casting: Casting | None = None) -> str | None:
        """The piper-tts package, any voice at all, or the model of *casting*."""
        if not find_spec("piper"):
            return "the piper-tts package is not installed"
        if casting is None:
            return None if installed_models() else "no voice is installed"
        try:
            find_model(casting.voice)
        except EngineUnavailable as error:
            return error.message
        return None

    def languages(self) -> Collection[str]:
        """Those of the installed voices, in lower case."""
        return {_language_of(path) for path in installed_models().values()}

    def fingerprint(self, casting: Casting) -> str:
        """Versions of piper and of the settings in this file, and the digest of the model."""
        model = find_model(casting.voice)
        stat = model.stat()
        return f"{version('piper-tts')}/{SETTINGS_VERSION}/{_digest(model, stat.st_mtime_ns, stat.st_size)}"

    def speak(self, utterance: Utterance, patience: Patience) -> Sound:
        """The utterance at the model's own rate, with word times where the model tells them."""
        casting = utterance.casting
        voice = self._load(find_model(casting.voice))
        text = utterance.phonemes or utterance.say.replace("[[", "[").replace("]]", "]")
        try:
            chunks = list(voice.synthesize(text, _settings(voice, casting), include_alignments=True))
        except (RuntimeError, ValueError, KeyError) as error:
            raise SpeechFailed(f"piper: {' '.join(str(error).split())}") from error
        if not chunks:
            raise SpeechFailed("piper made no sound of it")
        sound = _join_chunks(utterance.say, chunks)
        return shift_pitch(sound, float(casting.options.get("semitones", 0)))

    def _load(self, model: Path) -> Any:
        with self._lock:
            if model not in self._loaded:
                self._loaded[model] = _load_voice(model)
            return self._loaded[model]


def voices_folder() -> Path:
    """Where installed models are kept: one folder for all shows of a user."""
    import platformdirs

    return platformdirs.user_data_path("narrator") / "piper"


def installed_models() -> dict[str, Path]:
    """Name → model file, of the models that have their settings beside them."""
    found = sorted(voices_folder().glob("*.onnx"))
    return {path.stem: path for path in found if _settings_of(path).is_file()}


def find_model(voice: str) -> Path:
    """The model file of *voice*, an installed name or a path.

    Raises:
        EngineUnavailable: it is not installed.
    """
    path = Path(voice).expanduser()
    if path.suffix == ".onnx" and path.is_file() and _settings_of(path).is_file():
        return path
    models = installed_models()
    if voice not in models:
        raise EngineUnavailable(
            f'piper voice "{voice}" is not installed (installed: {", ".join(models) or "none"})',
            hint=f'Run "narrator voices install {voice}".',
        )
    return models[voice]


def _settings_of(model: Path) -> Path:
    return model.with_name(model.name + ".json")


def _language_of(model: Path) -> str:
    """BCP 47 in lower case; of the settings, else of the name ("en_GB-alan-medium")."""
    try:
        said = json.loads(_settings_of(model).read_text(encoding="utf-8"))
        code = str(said.get("language", {}).get("code") or model.stem.partition("-")[0])
    except (OSError, ValueError, AttributeError):
        code = model.stem.partition("-")[0]
    return code.replace("_", "-").casefold()


def _load_voice(model: Path) -> Any:
    """The model, ready; on one core per line.

    Raises:
        EngineUnavailable: the file is damaged, or not a piper voice.
    """
    import onnxruntime
    from piper import PiperVoice
    from piper.config import PiperConfig

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        config = PiperConfig.from_dict(json.loads(_settings_of(model).read_text(encoding="utf-8")))
        session = onnxruntime.InferenceSession(
            str(model), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime's own errors share no base of their own
        raise EngineUnavailable(
            f"the voice cannot be loaded ({' '.join(str(error).split())[:120]})",
            where=str(model),
            hint=f'Install it again: "narrator voices install {model.stem}".',
        ) from error
    return PiperVoice(session=session, config=config, download_dir=voices_folder())


def _settings(voice: Any, casting: Casting) -> Any:
    from piper.config import SynthesisConfig

    speaker = casting.options.get("speaker")
    if isinstance(speaker, str):
        known = voice.config.speaker_id_map
        if speaker not in known:
            raise SpeechFailed(
                f'"{casting.voice}" has no speaker "{speaker}" (has: {", ".join(known) or "one"})'
            )
        speaker = known[speaker]
    elif isinstance(speaker, int) and not 0 <= speaker < max(1, voice.config.num_speakers):
        raise SpeechFailed(
            f'"{casting.voice}" has no speaker {speaker} (0 to {voice.config.num_speakers - 1})'
        )
    return SynthesisConfig(
        speaker_id=None if speaker is None else int(speaker),
        length_scale=voice.config.length_scale / casting.pace,
        noise_scale=float(casting.options.get("noise", 0.0)),
        noise_w_scale=float(casting.options.get("noise_w", 0.0)),
    )


@cache
def _digest(model: Path, changed_ns: int, size_bytes: int) -> str:
    """Of model and settings; read once per process and state of the file."""
    digest = hashlib.sha256()
    for path in (model, _settings_of(model)):
        with open(path, "rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:32]


def _join_chunks(say: str, chunks: Sequence[Any]) -> Sound:
    """The sentences of a line as one sound; word times when every chunk has them."""
    rate_hz = int(chunks[0].sample_rate)
    pause = bytes(2 * (SENTENCE_PAUSE_MS * rate_hz // 1000))
    parts: list[bytes] = []
    starts: list[int] | None = []
    offset = 0
    for chunk in chunks:
        pcm = chunk.audio_int16_bytes
        if chunk.phoneme_alignments and starts is not None:
            starts += [offset + start for start in _word_starts(chunk.phoneme_alignments)]
        else:
            starts = None
        parts += [pcm, pause]
        offset += (len(pcm) + len(pause)) // 2
    words = say.split()
    if starts is None or len(starts) != len(words):
        return Sound(b"".join(parts[:-1]), rate_hz)
    return Sound(b"".join(parts[:-1]), rate_hz, tuple(map(Word, words, starts)))


def _word_starts(alignments: Sequence[Any]) -> Iterator[int]:
    """Where each word begins, in samples: at the first phoneme, and at each one after a space."""
    at, begins = 0, True
    for one in alignments:
        if one.phoneme in (" ", "^"):  # between words, and before the first
            begins = True
        elif begins and (one.phoneme.isalpha() or one.phoneme in "ˈˌ"):
            yield at
            begins = False
        at += int(one.num_samples)
