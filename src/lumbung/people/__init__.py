"""Persons, accounts, roles, and links that open without an account."""
