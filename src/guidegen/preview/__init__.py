"""Serves a site while its sources are edited."""

from guidegen.preview.serve import Preview, serve

__all__ = ["Preview", "serve"]
