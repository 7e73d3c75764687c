"""Making a dossier: in the shell at once, from a page as long work."""

from lumbung.dossier.actions.exporting import export_dossier
from lumbung.dossier.actions.long import EXPORT

__all__ = ["EXPORT", "export_dossier"]
