"""Script → clips: lines become sound, each through the one engine of its voice."""

from narrator.speak.choose import choose_voice, prepare_speaking
from narrator.speak.clips import ClipStore
from narrator.speak.engine import Engine, Sound, Utterance, engine_names, find_engine
from narrator.speak.lines import speak_script
from narrator.speak.patience import Patience
from narrator.speak.sample import sample_text, speak_sample

__all__ = [
    "ClipStore",
    "Engine",
    "Patience",
    "Sound",
    "Utterance",
    "choose_voice",
    "engine_names",
    "find_engine",
    "prepare_speaking",
    "sample_text",
    "speak_sample",
    "speak_script",
]
