"""What a person types who objects, answers, or tells reasons."""
