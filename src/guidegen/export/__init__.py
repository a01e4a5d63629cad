"""From a document's pages to other forms: one web page, a Word file, Markdown."""
