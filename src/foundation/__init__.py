"""What every room stands on, and no business: base page, look, words, formats, clock, sheets."""
