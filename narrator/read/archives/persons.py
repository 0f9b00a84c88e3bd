"""Authors as exports name them: people only, never accounts of the machinery."""

from __future__ import annotations

import re
from functools import lru_cache

from narrator.models import Person
from narrator.read.bylines import read_meta
from narrator.read.markers import read_markers

_NOBODY = {"unknown", "anonymous", "noreply", "noreply@blogger.com", "admin", "administrator", "root"}
_MAIL = re.compile(r"\s*\(?[\w.+-]+@[\w.-]+\.\w+\)?\s*")


@lru_cache(maxsize=256)
def read_author(name: str, *, outlet: str | None = None, language: str | None = None) -> tuple[Person, ...]:
    """The people in an export's author field; none for an account, a desk or the site's own name.

    RSS writes "mail@example.org (Ann Bell)"; the address is never told.
    """
    bare = _MAIL.sub(" ", name).strip(" ()<>\t\n")
    if not bare or bare.casefold() in _NOBODY or bare.casefold() == (outlet or "").casefold():
        return ()
    line = read_meta(bare, read_markers((language or "en").partition("-")[0]), bare_names=True)
    if line is not None and (line.people or line.desk):
        return tuple(line.people)
    return (Person(" ".join(bare.split())),)
