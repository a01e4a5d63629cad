"""One mail as HTML, as plain text and as a draft to open."""
