"""Pictures for what has none of its own: a letter on a coloured square."""

from functools import lru_cache
from io import BytesIO
from zlib import crc32

from PIL import Image, ImageDraw, ImageFont

SIDE = 96
COLOURS = ("#1b5e7b", "#2e7d5b", "#7b3f61", "#8a5a1c", "#4a4e8c", "#5d6d2e", "#8c3b3b", "#2f6f76")


@lru_cache(maxsize=256)
def drawn(name: str) -> bytes:
    """A PNG with the first letter of a name; the same for the same name."""
    colour = COLOURS[crc32(name.encode()) % len(COLOURS)]
    picture = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, SIDE - 1, SIDE - 1), radius=SIDE // 6, fill=colour)
    font = ImageFont.load_default(size=SIDE * 0.6)
    draw.text((SIDE / 2, SIDE / 2), name[:1].upper() or "?", fill="white", font=font, anchor="mm")
    buffer = BytesIO()
    picture.save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()
