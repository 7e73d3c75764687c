EXPORTED = "dossier.exported"

LARGEST_UPLOAD = 512 * 1024 * 1024
"""Bytes of a dossier that the page will verify; a larger one is verified by `lumbung verify-dossier`."""
