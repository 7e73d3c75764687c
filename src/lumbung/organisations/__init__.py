"""Parties of all kinds and their memberships, dated."""
