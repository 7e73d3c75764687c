"""Two hundred makers at once on the last pieces, over HTTP, in separate processes, on a real database."""
