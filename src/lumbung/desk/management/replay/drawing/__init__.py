"""The picture of a replay: the order is a cloth. One SVG, without scripts, styles or fonts of its own."""

from lumbung.desk.management.replay.drawing.picture import draw

__all__ = ["draw"]
