"""Who sees which objection, who waits without a share, and the own line in each order."""
