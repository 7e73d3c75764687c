"""The demo: invented makers and orders over real villages, drawn from one file and built by the rooms' own actions."""
