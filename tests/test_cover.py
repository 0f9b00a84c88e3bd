import io

import pytest
from PIL import Image

from narrator.cover import draw_cover, fit_cover


def opened(title: str, show: str = "Saltwick Notes", size_px: int = 1400) -> Image.Image:
    return Image.open(io.BytesIO(draw_cover(title, show, size_px)))


@pytest.mark.parametrize("size_px", [600, 1400, 3000])
def test_cover_is_a_square_rgb_jpeg_of_the_size_asked_for(size_px):
    image = opened("Harbour reopens", size_px=size_px)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (size_px, size_px))


def test_equal_words_give_equal_bytes_and_other_words_others():
    first = draw_cover("Harbour reopens", "Saltwick Notes", 600)
    assert draw_cover("Harbour reopens", "Saltwick Notes", 600) == first
    assert draw_cover("Harbour closes", "Saltwick Notes", 600) != first
    assert draw_cover("Harbour reopens", "Other Notes", 600) != first


def ink(image: Image.Image, top: float, bottom: float) -> tuple[int, int, int, int] | None:
    """Box around what is nearly white between two heights, in hundredths of the side."""
    side = image.width
    part = image.convert("L").crop((0, round(top * side), side, round(bottom * side)))
    box = part.point([255 if value > 200 else 0 for value in range(256)]).getbbox()
    return tuple(round(edge * 100 / side) for edge in box) if box else None


@pytest.mark.parametrize(
    "title",
    [
        "Ice",
        "A headline of some length that has to be broken into several rows to be read",
        "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle",
        "Zoë’s “naïve” café — a story of Łódź, Kraków & Ærø",
        "Новости порта: рыба подорожала вдвое",
        "word " * 120,
    ],
)
def test_title_is_drawn_inside_the_margins(title):
    box = ink(opened(title, size_px=700), 0.2, 0.785)
    assert box is not None
    assert 8 <= box[0] <= 11
    assert box[2] <= 92
    assert box[3] <= 58


def test_episodes_of_a_show_share_its_colour():
    corners = {opened(title, size_px=400).getpixel((5, 5)) for title in ("One", "Two", "Three")}
    assert len(corners) == 1


@pytest.mark.parametrize("title", ["", " \n ", "日本語の見出し", "🐟🐟", "\x00\x07", "a" * 5000])
def test_no_title_breaks_it(title):
    assert opened(title, size_px=300).size == (300, 300)


def test_show_name_too_long_is_cut_inside_the_margins():
    box = ink(opened("Ice", "A very long name of a show " * 5, 700), 0.11, 0.19)
    assert box is not None
    assert box[2] <= 92


def saved(image: Image.Image, kind: str, **facts) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **facts)
    return data.getvalue()


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "JPEG"), ("CMYK", "JPEG"), ("L", "PNG"), ("P", "GIF"), ("RGBA", "PNG")]
)
def test_picture_of_any_shape_and_colour_space_becomes_a_square_rgb_jpeg(mode, kind):
    picture = saved(Image.new(mode, (300, 200)), kind)
    image = Image.open(io.BytesIO(fit_cover(picture, 400)))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (400, 400))


def test_middle_of_a_wide_picture_is_kept():
    picture = Image.new("RGB", (900, 300), "blue")
    picture.paste("red", (300, 0, 600, 300))
    image = Image.open(io.BytesIO(fit_cover(saved(picture, "PNG"), 300)))
    assert [image.getpixel((x, 150))[0] > 200 for x in (8, 150, 292)] == [True, True, True]


def test_transparent_parts_are_white():
    image = Image.open(io.BytesIO(fit_cover(saved(Image.new("RGBA", (50, 50)), "PNG"), 100)))
    assert min(image.getpixel((50, 50))) > 250


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(ValueError, match="not a picture"):
        fit_cover(data, 100)


def test_picture_that_would_fill_the_memory_is_refused():
    bomb = saved(Image.new("1", (20_000, 20_000)), "PNG")
    with pytest.raises(ValueError, match="not a picture"):
        fit_cover(bomb, 100)
