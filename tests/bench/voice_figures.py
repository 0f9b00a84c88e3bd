"""Listening figures of voices: how high, how lively, how bright, how fast.

    python tests/bench/voice_figures.py en-gb-espeak fr-espeak ...

Prints for each casting of each voice file the median F0 (Hz), its spread (semitones between the 10th
and 90th percentile), the spectral centroid (Hz) with its deviation from sentence to sentence, and the
words per minute of the speech without pauses at its ends.
"""

from __future__ import annotations

import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from narrator.sound.pcm import trim_silence
from narrator.speak import Patience, Utterance, find_engine
from narrator.voices import Casting, read_voice

SENTENCES = {
    "en": (
        "The harbour authority said on Thursday that two ferries would stay in port until the storm passed.",
        "Nobody was hurt, but the bridge will be closed for at least three weeks.",
        "How can a town of nine thousand people pay for a new school?",
        "Her successor, a former engineer, promised to publish every figure before the end of the year.",
    ),
    "fr": (
        "La mairie a annoncé jeudi que les deux ponts resteraient fermés jusqu'à la fin de la semaine.",
        "Personne n'a été blessé, mais la route ne rouvrira pas avant trois semaines.",
        "Comment une ville de neuf mille habitants peut-elle payer une nouvelle école ?",
    ),
    "de": (
        "Die Stadt teilte am Donnerstag mit, dass die beiden Fähren bis zum Sturmende im Hafen bleiben.",
        "Niemand wurde verletzt, doch die Brücke bleibt mindestens drei Wochen gesperrt.",
        "Wie soll ein Ort mit neuntausend Einwohnern eine neue Schule bezahlen?",
    ),
    "es": (
        "El ayuntamiento anunció el jueves que los dos puentes seguirán cerrados hasta que pase la tormenta.",
        "Nadie resultó herido, pero la carretera no volverá a abrirse antes de tres semanas.",
        "¿Cómo puede un pueblo de nueve mil habitantes pagar una escuela nueva?",
    ),
    "pt": (
        "A câmara anunciou na quinta-feira que as duas pontes ficarão fechadas até ao fim da tempestade.",
        "Ninguém ficou ferido, mas a estrada não voltará a abrir antes de três semanas.",
        "Como pode uma vila de nove mil habitantes pagar uma escola nova?",
    ),
    "it": (
        "Il comune ha annunciato giovedì che i due ponti resteranno chiusi fino alla fine della tempesta.",
        "Nessuno è rimasto ferito, ma la strada non riaprirà prima di tre settimane.",
        "Come può un paese di novemila abitanti pagare una scuola nuova?",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one casting, over all sentences."""

    f0_hz: float
    spread_semitones: float
    f0_deviation_hz: float
    centroid_hz: float
    centroid_deviation_hz: float
    words_per_minute: float
    peak: float


def measure_casting(engine_name: str, casting: Casting, language: str) -> Figures:
    """Let *casting* read the sentences of *language* (English where there are none) and measure."""
    engine = find_engine(engine_name)
    sentences = SENTENCES.get(language.partition("-")[0], SENTENCES["en"])
    pitches, medians, centroids, peaks = [], [], [], []
    words = seconds = 0.0
    for sentence in sentences:
        sound = engine.speak(Utterance(sentence, casting, language), Patience())
        pcm, _ = trim_silence(sound.pcm, sound.rate_hz)
        samples = np.frombuffer(pcm, "<i2") / 32768
        found, bright = _pitch_and_centroid(samples, sound.rate_hz)
        pitches += found
        medians.append(statistics.median(found) if found else 0.0)
        centroids.append(bright)
        peaks.append(float(np.abs(samples).max()))
        words += len(sentence.replace(" ?", "?").split())
        seconds += len(samples) / sound.rate_hz
    low, middle, high = np.percentile(pitches, [10, 50, 90]) if pitches else (1.0, 0.0, 1.0)
    return Figures(
        f0_hz=float(middle),
        spread_semitones=float(12 * np.log2(high / low)),
        f0_deviation_hz=statistics.pstdev(medians),
        centroid_hz=statistics.mean(centroids),
        centroid_deviation_hz=statistics.pstdev(centroids),
        words_per_minute=words / seconds * 60,
        peak=max(peaks),
    )


def _pitch_and_centroid(samples: np.ndarray, rate_hz: int) -> tuple[list[float], float]:
    """F0 of each voiced 40 ms by autocorrelation, and the centroid of the mean power spectrum."""
    size, hop = rate_hz * 40 // 1000, rate_hz * 10 // 1000
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop] * np.hanning(size)
    spectra = np.abs(np.fft.rfft(frames, 2 * size)) ** 2
    lags = np.fft.irfft(spectra)[:, :size]
    window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(size), 2 * size)) ** 2)[:size]
    lags = lags / np.maximum(lags[:, :1], 1e-9) / (window / window[0] + 1e-3)
    first, last = rate_hz // 400, rate_hz // 60
    best = lags[:, first:last].argmax(axis=1) + first
    loud = frames.std(axis=1) > 0.1 * samples.std()
    voiced = loud & (lags[np.arange(len(lags)), best] > 0.6)
    power = spectra[loud].sum(axis=0)
    frequencies = np.fft.rfftfreq(2 * size, 1 / rate_hz)
    return (rate_hz / best[voiced]).tolist(), float((power * frequencies).sum() / power.sum())


def main(names: list[str]) -> None:
    """Print a table for the voice files called *names*."""
    print("voice · role · casting | F0 Hz | spread st | centroid Hz | ± | words/min | peak")
    for name in names:
        voice = read_voice(name)
        for role, castings in voice.roles.items():
            for casting in castings:
                f = measure_casting(voice.engine, casting, voice.language)
                print(
                    f"{name} · {role} · {casting.voice} {dict(casting.options)}",
                    f"{f.f0_hz:.0f} ± {f.f0_deviation_hz:.0f} | {f.spread_semitones:.1f}",
                    f"{f.centroid_hz:.0f} | {f.centroid_deviation_hz:.0f}",
                    f"{f.words_per_minute:.0f} | {f.peak:.2f}",
                    sep=" | ",
                )


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(path.stem for path in Path("voices").glob("*-espeak.toml")))
