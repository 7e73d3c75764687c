"""The pages of production: by link for who makes, signed in for the office."""
