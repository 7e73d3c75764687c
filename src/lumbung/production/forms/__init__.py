"""What the office, makers, captains and members may type."""
