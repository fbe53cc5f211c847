"""What every page is told."""

from django.conf import settings
from django.http import HttpRequest


def pages(_request: HttpRequest) -> dict[str, object]:
    """`demonstration`: whether this service holds invented data, as its banner says."""
    return {"demonstration": settings.ENVIRONMENT == "demo"}
