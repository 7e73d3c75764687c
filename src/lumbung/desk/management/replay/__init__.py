"""Replays: what happened in a real order, beside what happens to the same order with Lumbung."""
