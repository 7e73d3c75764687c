"""Who sees which lots and movements, what is where, and whose hands it went through."""
