"""`python -m bench`: what opening a contact costs, beside the raw driver, and the guard."""
