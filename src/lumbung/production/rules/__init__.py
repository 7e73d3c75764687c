"""Why not, and when: a standard, a captain's parts, the pieces of a day, the forecast."""

from lumbung.production.rules.forecast import Forecast, Pace, forecast

__all__ = ["Forecast", "Pace", "forecast"]
