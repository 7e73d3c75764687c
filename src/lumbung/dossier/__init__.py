"""Everything of one order in one file that proves itself: for the auditor, five years on."""
