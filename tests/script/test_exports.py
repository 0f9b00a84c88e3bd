import json

from hypothesis import given
from hypothesis import strategies as st

from narrator.config import Settings
from narrator.script import script_as_json, write_script
from narrator.voices import Casting, Voice
from tests.script.articles import NOW, blocks, make_article

VOICE = Voice(engine="tone", language="en", roles={"anchor": (Casting("a"),)}, name="test")


def as_json(**changes: object) -> str:
    return script_as_json(write_script(make_article(**changes), settings=Settings(), voice=VOICE, now=NOW))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_is_laid_out_as_python_does(text: str) -> None:
    written = as_json(title=text, blocks=blocks(("paragraph", text or "x", None)))
    assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=1) + "\n"


def test_half_a_surrogate_pair_is_a_question_mark_in_json() -> None:
    written = as_json(title="Rain \ud83c")
    assert json.loads(written)["title"] == "Rain ?"
    assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=1) + "\n"
