"""Photos and documents, kept by content hash, served only to whom they belong."""
