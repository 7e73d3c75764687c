"""What may be typed about material, movements and lots."""
