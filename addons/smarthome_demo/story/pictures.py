"""Small drawn pictures, so that the demo carries no photographs of other people's houses."""

import io

from PIL import Image, ImageDraw

SCALE = 40
MARGIN = 40
WALL = (60, 60, 60)
STEP = 0.7


def draw_sketch(rooms):
    """A plan of rooms side by side with their sizes in metres, paced: one step is 0.7 m.

    :param rooms: pairs (width, depth) in steps
    :return: PNG

    >>> draw_sketch([(6, 4), (3, 4)])[:8] == bytes.fromhex("89504e470d0a1a0a")
    True
    """
    width = sum(width for width, _depth in rooms) * SCALE + 2 * MARGIN
    depth = max(depth for _width, depth in rooms) * SCALE + 2 * MARGIN
    image = Image.new("RGB", (width, depth), "white")
    draw = ImageDraw.Draw(image)
    left = MARGIN
    for steps, room_depth in rooms:
        right, bottom = left + steps * SCALE, MARGIN + room_depth * SCALE
        draw.rectangle((left, MARGIN, right, bottom), outline=WALL, width=4)
        draw.line((right, MARGIN + 30, right, MARGIN + 80), fill="white", width=6)
        size = f"{steps * STEP:.1f} x {room_depth * STEP:.1f} m"
        draw.text((left + 12, MARGIN + room_depth * SCALE // 2), size, fill=WALL)
        draw.ellipse(
            (left + 10, MARGIN + 10, left + 22, MARGIN + 22), outline=(31, 95, 168), width=3
        )
        left = right
    return _to_png(image)


def draw_photo(rooms):
    """A house under the sky, as wide as its rooms.

    :param rooms: pairs (width, depth) in steps
    :return: PNG
    """
    width = sum(width for width, _depth in rooms) * SCALE
    image = Image.new("RGB", (width + 240, 480), (176, 209, 236))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 360, width + 240, 480), fill=(120, 160, 96))
    draw.polygon(((90, 220), (width // 2 + 120, 90), (width + 150, 220)), fill=(150, 72, 58))
    draw.rectangle((120, 220, width + 120, 380), fill=(236, 228, 212), outline=WALL)
    for number, _room in enumerate(rooms):
        left = 150 + number * (width // len(rooms))
        draw.rectangle((left, 260, left + 70, 330), fill=(250, 214, 130), outline=WALL, width=3)
    return _to_png(image)


def _to_png(image):
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()
