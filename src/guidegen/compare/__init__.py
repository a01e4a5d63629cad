"""What changed between two states, how far that goes, and how it is shown."""
