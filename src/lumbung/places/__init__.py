"""Where things are: provinces down to villages, distances between them, and the map."""
