"""`python -m bench`: what opening a contact costs, beside the raw driver writing its rows."""
