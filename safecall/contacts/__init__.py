"""A contact, from ring to close."""
