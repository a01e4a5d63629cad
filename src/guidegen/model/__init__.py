"""Frozen values that the steps hand to each other; nothing here reads or writes."""
