"""The step that merges the company's own wording with the texts of a newer pack."""
