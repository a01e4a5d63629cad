"""From a guideline to the Markdown pages of one language."""
