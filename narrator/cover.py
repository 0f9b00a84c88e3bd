"""Cover pictures: drawn from a title, or made of a picture. Equal words, equal bytes."""

from __future__ import annotations

import colorsys
import hashlib
import io
import unicodedata
import warnings
from bisect import bisect
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont, ImageOps

Colour = tuple[int, int, int]
Font: TypeAlias = "ImageFont.FreeTypeFont | ImageFont.ImageFont"

JPEG_QUALITY = 85
MARGIN = 0.09
"""All measures are parts of the picture's side."""
TITLE_SIZES = (0.13, 0.115, 0.1, 0.088, 0.078, 0.068, 0.06, 0.052)
LEADING = 1.16
TITLE_TOP, TITLE_BOTTOM = 0.2, 0.76
LONGEST_TITLE = 400
"""Characters; more do not fit in any size."""
BARS = 44
BARS_TOP, BARS_BOTTOM = 0.8, 0.92
WIDER_FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Arial.ttf")
"""Asked for, by name, only when Pillow's own font lacks a letter: that one is the same everywhere."""
PLAIN = str.maketrans("‘’“”–—…«»‐‑", '\'\'""--.""--')


def draw_cover(title: str, show_title: str, size_px: int) -> bytes:
    """A square RGB JPEG with *title* large, the show above it, and bars of sound below.

    The colour is the show's, so that its episodes look alike; the bars are the title's. Letters no
    font on this machine has are drawn without their accents, and left out where that does not help.

    Args:
        title: of the episode, or again of the show for the show's own cover.
        show_title: of the show.
        size_px: side of the picture; podcast apps want 1400 to 3000.
    """
    dark, light, accent = _colours(show_title)
    image = _background(size_px, dark, light)
    draw = ImageDraw.Draw(image)
    left, width = round(MARGIN * size_px), round((1 - 2 * MARGIN) * size_px)
    if title != show_title:
        _draw_show(draw, show_title, left, width, size_px, accent)
    _draw_title(draw, title, left, width, size_px)
    _draw_bars(draw, title, left, width, size_px, accent)
    return _jpeg(image)


@lru_cache(maxsize=1)
def fit_cover(picture: bytes, size_px: int) -> bytes:
    """*picture* as a square RGB JPEG: the middle of it, on white where it is transparent.

    The last one is kept, since all episodes of a show may have the same.

    Args:
        picture: a file of any format Pillow reads.
        size_px: side of the result.

    Raises:
        ValueError: it is no picture, or too large a one to be meant well.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = ImageOps.exif_transpose(Image.open(io.BytesIO(picture))).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise ValueError(f"not a picture ({error})") from error
    square = ImageOps.fit(image, (size_px, size_px), Image.Resampling.LANCZOS)
    flat = Image.new("RGB", square.size, (255, 255, 255))
    flat.paste(square, mask=square.getchannel("A"))
    return _jpeg(flat)


def _jpeg(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=JPEG_QUALITY)
    return data.getvalue()


def _colours(show_title: str) -> tuple[Colour, Colour, Colour]:
    """A dark, a less dark and a bright colour; white on the first two has a contrast over 7:1."""
    hue = hashlib.sha256(show_title.encode("utf-8", "replace")).digest()[0] / 256
    return _rgb(hue, 0.55, 0.16), _rgb(hue + 0.06, 0.5, 0.36), _rgb(hue + 0.45, 0.55, 0.95)


def _rgb(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _background(size_px: int, dark: Colour, light: Colour) -> Image.Image:
    """One column from light to dark, then drawn out sideways: a seventh of the time of mixing every pixel."""
    column = Image.linear_gradient("L").crop((0, 0, 1, 256)).resize((1, size_px), Image.Resampling.BILINEAR)
    channels = [
        column.point([round(at + (to - at) * step / 255) for step in range(256)])
        for at, to in zip(light, dark, strict=True)
    ]
    return Image.merge("RGB", channels).resize((size_px, size_px), Image.Resampling.NEAREST)


def _draw_show(
    draw: ImageDraw.ImageDraw, show_title: str, left: int, width: int, size_px: int, accent: Colour
) -> None:
    words, font = _legible(show_title, 0.042 * size_px)
    while words and draw.textlength(words, font) > width:
        words = words[:-2].rstrip() + "…" if len(words) > 2 else ""
    draw.rectangle((left, 0.09 * size_px, left + 0.1 * size_px, 0.098 * size_px), fill=accent)
    draw.text((left, 0.118 * size_px), words, font=font, fill=(255, 255, 255))


def _draw_title(draw: ImageDraw.ImageDraw, title: str, left: int, width: int, size_px: int) -> None:
    """As large as it fits; a title too long for the smallest size ends in "…"."""
    title = title[:LONGEST_TITLE]
    room = (TITLE_BOTTOM - TITLE_TOP) * size_px
    for part in TITLE_SIZES:
        words, font = _legible(title, part * size_px)
        rows = _wrapped(draw, words, font, width)
        if len(rows) * part * LEADING * size_px <= room and rows:
            break
    most = int(room / (part * LEADING * size_px))
    if len(rows) > most:
        rows = [*rows[: most - 1], rows[most - 1].rstrip(".,;:") + "..."]
    for number, row in enumerate(rows):
        at = (left, TITLE_TOP * size_px + number * part * LEADING * size_px)
        draw.text(at, row, font=font, fill=(255, 255, 255))


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: Font, width: int) -> list[str]:
    """*text* in rows no wider than *width*; words longer than a row are cut."""
    rows: list[str] = []
    for word in text.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and draw.textlength(longer, font) <= width:
            rows[-1] = longer
            continue
        while draw.textlength(word, font) > width:
            fits = bisect(range(1, len(word)), float(width), key=lambda n: draw.textlength(word[:n], font))
            rows.append(word[: max(fits, 1)])
            word = word[max(fits, 1) :]
        if word:
            rows.append(word)
    return rows


def _draw_bars(
    draw: ImageDraw.ImageDraw, title: str, left: int, width: int, size_px: int, accent: Colour
) -> None:
    heights = hashlib.shake_128(title.encode("utf-8", "replace")).digest(BARS)
    pitch, middle = width / BARS, (BARS_TOP + BARS_BOTTOM) / 2 * size_px
    for number, height in enumerate(heights):
        reach = (0.12 + 0.88 * height / 255) * (BARS_BOTTOM - BARS_TOP) / 2 * size_px
        x = left + number * pitch
        box = (round(x), round(middle - reach), round(x + pitch * 0.5), round(middle + reach))
        draw.rectangle(box, fill=accent)


def _legible(text: str, size: float) -> tuple[str, Font]:
    """*text* as far as it can be drawn, and the font to draw it with."""
    text = " ".join(text.split())
    built_in = _built_in_font(round(size))
    simple = text.translate(PLAIN)
    if simple.isascii():
        return simple, built_in
    font_file = _wider_font(text)
    if font_file:
        return text, ImageFont.truetype(font_file, round(size))
    plain = "".join(c for c in unicodedata.normalize("NFKD", simple) if c.isascii())
    return " ".join(plain.split()), built_in


@cache
def _built_in_font(size_px: int) -> Font:
    """Pillow's own font, unpacked once for each size."""
    return ImageFont.load_default(size_px)


@cache
def _wider_font(text: str) -> str | None:
    """The first font of this machine that has every letter of *text*."""
    for name in WIDER_FONTS:
        try:
            font = ImageFont.truetype(name, 24)
        except OSError:
            continue
        if _has_all(font, text):
            return name
    return None


def _has_all(font: ImageFont.FreeTypeFont, letters: Sequence[str]) -> bool:
    absent = bytes(font.getmask("\U0010fffe"))
    return all(letter.isspace() or bytes(font.getmask(letter)) != absent for letter in set(letters))
