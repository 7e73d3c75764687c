"""Lumbung against the test data of others (VECTORS=../shared/vectors)."""
