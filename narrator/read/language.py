"""The language of a text, from its letters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

from narrator.read.markers import languages, read_stopwords

_ENOUGH = 20_000
"""Characters that are looked at."""
_SCRIPTS = (
    (r"[\u3040-\u30ff]", "ja"), (r"[\uac00-\ud7af]", "ko"), (r"[\u4e00-\u9fff]", "zh"), (r"[\u0e00-\u0e7f]", "th"),
    (r"[\u0590-\u05ff]", "he"), (r"[\u0370-\u03ff]", "el"), (r"[\u0900-\u097f]", "hi"), (r"[\u0980-\u09ff]", "bn"),
    (r"[\u0b80-\u0bff]", "ta"), (r"[\u10a0-\u10ff]", "ka"), (r"[\u0530-\u058f]", "hy"),
)  # fmt: skip
_RARE = {
    "nl": "het een van niet ook maar voor zijn naar werd wordt bij uit heeft",
    "sv": "och att det som inte är för på med den till av har ett",
    "da": "og at det ikke er der til på med den af har et blev",
    "no": "og at det ikke er som til på med den av har et ble",
    "pl": "nie się na jest że do jak przez był oraz które został",
    "tr": "bir ve bu için ile olarak da de olan daha sonra gibi",
    "ro": "și nu este pentru care din cu la sunt mai au fost",
    "id": "yang dan di dengan untuk tidak dari ini dalam itu pada",
    "fi": "ja on ei että oli hän mutta ovat myös kun joka",
    "cs": "se na je že v byl pro které také jako nebo podle",
    "hu": "a az és hogy nem is volt meg egy mint csak",
    "vi": "và của là không được có trong cho người một những",
    "sw": "ya na wa kwa ni katika za la kuwa cha hiyo",
}  # fmt: skip


def detect_language(text: str) -> str:
    """BCP 47 code of the language *text* is written in; "en" when nothing tells.

    >>> detect_language("Das Rathaus wird nicht abgerissen, und der Rat hat es so gewollt.")
    'de'
    """
    text = text[:_ENOUGH]
    letters = sum(1 for char in text if char.isalpha()) or 1
    for pattern, language in _SCRIPTS:
        found = len(re.findall(pattern, text))
        if found > (0.05 if language == "ja" else 0.3) * letters:
            return language
    if len(re.findall(r"[\u0400-\u04ff]", text)) > 0.4 * letters:
        return "uk" if re.search(r"[іїєґ]", text) else "ru"
    if len(re.findall(r"[\u0600-\u06ff]", text)) > 0.4 * letters:
        return "fa" if re.search(r"[پچژگ]", text) else "ar"
    return _by_words(text)


def _by_words(text: str) -> str:
    counts = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    scores = {language: _score(counts, read_stopwords(language)) for language in languages()}
    for language, words in _RARE.items():
        scores[language] = _score(counts, frozenset(words.split()))
    best = max(scores, key=lambda language: (scores[language], language == "en"))
    return best if scores[best] > 0 else "en"


def _score(counts: Counter[str], words: frozenset[str]) -> float:
    # A short list must not lose to a long one: the mean share of its words, not their sum.
    return sum(counts[word] for word in words) / (len(words) + 25) if words else 0.0
