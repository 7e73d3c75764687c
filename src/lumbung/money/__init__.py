"""What is owed, to whom and why; what was paid, with proof; nothing is overwritten."""
