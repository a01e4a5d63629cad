"""The step: what is said about the company, fetched, cleaned and approved."""
