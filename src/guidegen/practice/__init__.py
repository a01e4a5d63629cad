"""The step: practice cards from the pack, from the company's topics and its own files."""
