"""`python -m fuzz`: coverage-guided attack on the guard; `make fuzz` installs what it needs."""
