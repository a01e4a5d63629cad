"""The step: practice cards from the pack, the company's topics and its own files."""
