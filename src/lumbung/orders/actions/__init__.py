"""What is done with orders: taken in, split, decided, sent, answered, split again."""
