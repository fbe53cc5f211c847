"""A demonstration department, so that everyone can try the whole of it. Nothing in it is real."""
