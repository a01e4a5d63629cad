"""guidegen: from a short interview to a clear employee guideline, as a site and a PDF."""

__version__ = "0.1.0"
