"""How static files are kept: under names that change with them, compressed once."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Compressed with gzip alone.

    Brotli is installed because fonts need it, and WhiteNoise would take it up by itself: the first
    start then costs half a minute of processor time more, for a few kilobytes a page.
    """

    def create_compressor(self, **options: Any) -> Compressor:
        """The compressor of files that are not compressed by nature."""
        return Compressor(**{**options, "use_brotli": False})
