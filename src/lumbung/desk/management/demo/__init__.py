"""Demo data: invented people and orders over the real villages, built through the rooms' own actions."""
