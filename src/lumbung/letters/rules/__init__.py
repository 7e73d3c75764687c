"""What a letter may say, how it is numbered, spelled out and set: no database."""
