"""What is done: an objection filed, answered, replied to, taken back; the reason told to who waits."""
