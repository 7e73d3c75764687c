"""Pages of the office, of makers with an account, and by link."""
