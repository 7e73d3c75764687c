"""What waits for the person who signed in, and the front page."""
