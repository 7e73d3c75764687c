"""What a person may type about orders."""
