"""Finds template packs, reads them, and pins projects to the texts of releases."""
