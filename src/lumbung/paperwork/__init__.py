"""The letters that an order brings forth: order letters, delivery and inspection records, receipts; what is missing."""
