"""Who sees what of orders, and who could make them."""
