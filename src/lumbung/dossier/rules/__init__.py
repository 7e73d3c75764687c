"""What people read in a dossier, and how its faults are told in the language of the screen."""
