"""Reasons why not, sums and codes: no database."""
