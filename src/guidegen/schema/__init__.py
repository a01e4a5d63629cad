"""Reads the YAML files that people write, and names every mistake with its line."""
