"""Reads and checks the company's answers, `guideline.yml`; changes and writes them."""
