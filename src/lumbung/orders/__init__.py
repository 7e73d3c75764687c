"""An order, its split, its shares, offers and answers."""
