"""The feed address as a QR code, for a phone's camera."""

from __future__ import annotations

import io
from functools import lru_cache


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
