"""The feed address as a QR code, for a phone's camera."""

from __future__ import annotations

import hashlib
import io
from contextlib import suppress
from functools import lru_cache

from narrator.files import write_text
from narrator.publish.site.kept import kept_folder

FORM = 1
"""Raised when the picture is to look otherwise."""


def kept_qr_svg(address: str) -> str:
    """`qr_svg`, kept in the user's cache: loading what draws it takes 20 ms, as long as all of the pages.

    For addresses that anybody may know.
    """
    folder = kept_folder("qr")
    if folder is None:
        return qr_svg(address)
    kept = folder / f"{hashlib.sha256(f'{FORM} {address}'.encode()).hexdigest()}.svg"
    try:
        return kept.read_text(encoding="utf-8")
    except (OSError, ValueError):
        drawn = qr_svg(address)
        with suppress(OSError):
            write_text(kept, drawn)
        return drawn


@lru_cache(maxsize=1)
def qr_svg(address: str) -> str:
    """*address* as an SVG picture: dark on white in every theme, with the quiet zone scanners need."""
    import segno

    code = segno.make(address, error="m", micro=False)
    out = io.BytesIO()
    code.save(
        out,
        kind="svg",
        border=3,
        dark="#000",
        light="#fff",
        omitsize=True,
        title=address,
        xmldecl=False,
        nl=False,
    )
    return out.getvalue().decode("utf-8")


def qr_terminal(address: str) -> str:
    """*address* in half blocks for a terminal."""
    import segno

    out = io.StringIO()
    segno.make(address, error="l", micro=False).terminal(out, compact=True, border=2)
    return out.getvalue()
