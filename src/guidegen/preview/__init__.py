"""Serves a site while its sources are edited."""

from guidegen.preview.watch import Preview, serve

__all__ = ["Preview", "serve"]
