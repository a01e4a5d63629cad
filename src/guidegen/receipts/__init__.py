"""The step: counts who has confirmed which version, from lists that others keep."""
