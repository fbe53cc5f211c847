"""What comes in from other systems: replaying a department's own call export through the API."""
