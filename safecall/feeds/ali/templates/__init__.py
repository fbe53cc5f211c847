"""Templates that ship with safecall."""
