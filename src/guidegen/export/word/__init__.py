"""The guideline as a Word file."""
