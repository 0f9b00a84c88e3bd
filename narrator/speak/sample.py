"""One text in one voice, for `narrator say` and `narrator voices`: heard once, nothing is kept."""

from __future__ import annotations

from narrator.errors import SpeechFailed
from narrator.speak.engine import ANY_LANGUAGE, Sound, Utterance
from narrator.speak.lines import ready_engine
from narrator.speak.patience import Patience
from narrator.speak.pieces import speak_whole
from narrator.speak.split import clean_line, is_speakable, shorten_words
from narrator.voices import CastRole, Voice

SENTENCES = {
    "en": "The ferries stay in port tonight. Nobody knows yet when the bridge will open again.",
    "fr": "Les bateaux restent au port ce soir. Personne ne sait encore quand le pont rouvrira.",
    "de": "Die Fähren bleiben heute Abend im Hafen. Noch weiß niemand, wann die Brücke wieder öffnet.",
    "es": "Los barcos se quedan en el puerto esta noche. Nadie sabe cuándo volverá a abrirse el puente.",
    "pt": "Os barcos ficam no porto esta noite. Ninguém sabe quando a ponte voltará a abrir.",
    "it": "I traghetti restano in porto stasera. Nessuno sa ancora quando il ponte riaprirà.",
    "nl": "De veerboten blijven vanavond in de haven. Niemand weet wanneer de brug weer opengaat.",
}


def speak_sample(
    voice: Voice,
    text: str,
    *,
    language: str,
    role: CastRole = "anchor",
    speaker: str | None = None,
    phonemes: str | None = None,
) -> Sound:
    """*text* as *voice* reads it in that role.

    Raises:
        SpeakError: the engine cannot speak here, or there is nothing to say.
    """
    say, note = shorten_words(clean_line(text))
    if not is_speakable(say) and not phonemes:
        raise SpeechFailed("there is nothing to say", hint="Give it a letter or a digit.")
    own = language if voice.language == ANY_LANGUAGE else voice.language
    casting = voice.cast(role, speaker)
    engine = ready_engine(voice.engine, casting)
    return speak_whole(Utterance(say, casting, own, None if note else phonemes), engine, Patience())


def sample_text(language: str) -> str:
    """Two plain sentences in *language*; in English where we have none."""
    return SENTENCES.get(language.partition("-")[0].casefold(), SENTENCES["en"])
