"""From answers and pack to the guideline of one language."""
