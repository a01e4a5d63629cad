"""The step: who has confirmed which version, counted from lists that others keep."""
