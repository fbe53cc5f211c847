"""Files that only the person who runs the demonstration may read."""

import os
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write the file with mode 600, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)
