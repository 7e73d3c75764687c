"""What rooms above ask of production."""

from lumbung.production.queries.making import made_of
from lumbung.production.queries.parts import parts_of
from lumbung.production.queries.standards import standard_of, started

__all__ = ["made_of", "parts_of", "standard_of", "started"]
