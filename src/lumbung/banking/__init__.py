"""Files for the bank that pay what is owed, and statements of the bank that prove it."""
