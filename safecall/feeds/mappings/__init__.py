"""Mappings that ship with safecall, one TOML file per source. `docs/replay.md` has the format."""
