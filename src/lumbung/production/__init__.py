"""One standard before the start, who really made what, and when a share will be done."""
