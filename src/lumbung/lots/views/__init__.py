"""The pages of stores, movements, accounts and lots."""
