"""Reads and writes `releases/`: what was released, and who has reviewed it."""
