"""Numbered letters of the office that hold up before an auditor: anybody checks them, nobody changes them."""
