"""Settings by environment variables, the root of all addresses and the WSGI application."""
