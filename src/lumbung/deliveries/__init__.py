"""What of a share was handed over, and what became of each piece."""
