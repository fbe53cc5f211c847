"""The forms that states and cities ask of their agencies, filled from the same records."""
