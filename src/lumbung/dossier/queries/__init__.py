"""Reading everything of one order, table by table, as it goes into its dossier."""

from lumbung.dossier.queries.exports import (
    export_of_hash,
    exports_of,
    may_make,
    path_of,
    published_keys,
    signer,
)
from lumbung.dossier.queries.whole import Whole, whole_of

__all__ = [
    "Whole",
    "export_of_hash",
    "exports_of",
    "may_make",
    "path_of",
    "published_keys",
    "signer",
    "whole_of",
]
