"""From a document's pages to a PDF, by way of Typst."""
