"""guidegen: from a short interview to a clear guideline, as a website and a PDF."""

__version__ = "0.1.0"
