"""How reliably makers deliver, read by them first; what a person should look at; and what follows after an order."""
