"""One function a page: find, do, show."""
