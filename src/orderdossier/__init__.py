"""One order's dossier: written as a zip file that proves itself, and verified without any database.

Pure: no framework. See docs/dossier.md for what lies in the file and what each check proves.
"""

from orderdossier.container import FORMAT, NotADossier, write
from orderdossier.findings import Finding, Report
from orderdossier.signing import PublicKey, Signer
from orderdossier.verifying import verify

__all__ = ["FORMAT", "Finding", "NotADossier", "PublicKey", "Report", "Signer", "verify", "write"]
