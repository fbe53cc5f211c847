"""The statement in words, tables and drawings; one shape for the page, the PDF and plain text."""
