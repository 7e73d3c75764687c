"""The paths that matter, in a real Chromium against a real server with the demo."""
