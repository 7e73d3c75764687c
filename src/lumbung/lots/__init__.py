"""What was made by which households, where it is, and what became of the material that was handed out."""
