"""The rooms: all of the business, one folder each."""
