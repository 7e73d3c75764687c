"""The few places where the two databases need different words."""
