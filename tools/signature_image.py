"""Judging and cleaning the picture of a hand-written signature."""

import base64
import binascii
import io
import warnings

from PIL import Image, ImageOps, ImageStat

LARGEST_BYTES = 2 * 1024 * 1024
LARGEST_SIDE = 4000  # of what comes in
STORED_SIDE = 1024  # of what is kept
FORMATS = ("PNG", "JPEG")

# What the pen leaves: clearly darker than most of the picture, also on a grey photograph.
CONTRAST = 60  # of 255
LEAST_INK = 30  # pixels
# A dot is short, or round and full while small; a single stroke is long.
SHORTEST = 0.06  # longer side of the ink against the longer side of the picture
SMALL, FULL = 0.25, 0.6


class UnfitImage(ValueError):
    """The picture is no signature; ``reason`` is a key: missing, large, format, blank, dot."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def clean_signature(encoded):
    """:param encoded: base64 text or bytes, as a form sends it
    :return: ``bytes`` of a PNG of at most ``STORED_SIDE`` pixels a side, without metadata
    :raise UnfitImage: what is wrong with it; a large one is refused before it is decoded
    """
    if not encoded:
        raise UnfitImage("missing")
    if len(encoded) > LARGEST_BYTES * 4 // 3 + 4:
        raise UnfitImage("large")
    picture = _opened(encoded)
    _check_ink(picture)
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _opened(encoded):
    """:return: the picture, small and upright: RGB, or RGBA where its ground is transparent"""
    try:
        content = base64.b64decode(encoded)
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            # The header alone is read so far: a bomb is refused before it unfolds.
            if max(picture.size) > LARGEST_SIDE:
                raise UnfitImage("large")
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnfitImage("large") from error
    except (OSError, SyntaxError, ValueError, binascii.Error) as error:
        if isinstance(error, UnfitImage):
            raise
        raise UnfitImage("format") from error
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    small = picture.convert("RGBA" if clear else "RGB")
    small.thumbnail((STORED_SIDE, STORED_SIDE))
    upright = ImageOps.exif_transpose(small)
    # A new picture: nothing of what a camera writes beside the pixels is kept.
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    return clean


def _check_ink(picture):
    if picture.mode == "RGBA":
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    shades = picture.convert("L")
    [ground] = ImageStat.Stat(shades).median
    ink = shades.point(lambda shade: 255 if shade < ground - CONTRAST else 0)
    box = ink.getbbox()
    amount = ink.histogram()[255]
    if not box or amount < LEAST_INK:
        raise UnfitImage("blank")
    width, height = box[2] - box[0], box[3] - box[1]
    reach = max(width, height) / max(ink.size)
    if reach < SHORTEST or (reach < SMALL and amount > FULL * width * height):
        raise UnfitImage("dot")
