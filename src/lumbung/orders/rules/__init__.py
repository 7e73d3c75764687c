"""Why not, how much, and in which words: no database."""
