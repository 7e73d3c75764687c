"""Who may object and answer, until when, and in which words: no database."""
