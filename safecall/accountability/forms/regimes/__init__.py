"""The forms, one TOML file each: whose it is, when it is due, its fields and their wordings."""
