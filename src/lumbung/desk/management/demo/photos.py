"""Drawings in place of photos: nobody shall take them for real ones."""

import io

from PIL import Image, ImageDraw

PAPER, INK, GOLD, RED = "#f0ece0", "#1c2150", "#e0a526", "#a3262a"


def _written(picture: Image.Image) -> io.BytesIO:
    file = io.BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    return file


def faulty_piece(fault: str) -> io.BytesIO:
    """A pack with what is wrong with it: a crack, a scale, an open seal."""
    picture = Image.new("RGB", (480, 360), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((130, 90, 350, 310), 14, fill=GOLD, outline=INK, width=5)
    pen.rectangle((130, 90, 350, 130), fill=INK)
    pen.text((190, 104), "DATA CONTOH", fill=PAPER)
    if fault == "damaged":
        pen.line(((180, 150), (230, 200), (200, 240), (260, 300)), fill=RED, width=9)
    elif fault == "weight":
        pen.rectangle((160, 230, 320, 244), fill=RED)
        pen.polygon(((240, 160), (212, 214), (268, 214)), outline=RED, width=8)
    else:
        pen.ellipse((300, 70, 380, 150), outline=RED, width=9)
    return _written(picture)


def transfer_slip(reference: str, rupiah: int) -> io.BytesIO:
    picture = Image.new("RGB", (480, 360), "#ffffff")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 20, 460, 340), outline=INK, width=4)
    pen.rectangle((20, 20, 460, 80), fill=INK)
    pen.text((40, 40), "DATA CONTOH - BUKTI TRANSFER", fill=PAPER)
    pen.text((40, 120), reference, fill=INK)
    pen.text((40, 160), f"Rp{rupiah:,}".replace(",", "."), fill=INK)
    pen.text((40, 200), "Bank Contoh", fill=INK)
    return _written(picture)
