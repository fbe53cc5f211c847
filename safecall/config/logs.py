"""Logs as JSON lines, without personal data.

A log outlives the retention of what it mentions, and more people read it. So a line from
elsewhere (Django, the server) keeps its message's fixed words but not what was put into them, an
exception keeps its type and place but not its message, and a request is named by its route.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

OWN = "safecall"


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, event, and where it applies route,
    status and error."""

    def format(self, record: logging.LogRecord) -> str:
        own = record.name.partition(".")[0] == OWN
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage() if own else str(record.msg),
        }
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            line["status"] = status
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        if match is not None:
            line["route"] = match.route
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = _error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _error(error: BaseException | None) -> list[dict[str, Any]]:
    """The error and its causes, innermost last, each with its type and the places it passed."""
    found: list[dict[str, Any]] = []
    while error is not None and len(found) < 5:
        frames = traceback.extract_tb(error.__traceback__)
        found.append(
            {
                "type": f"{type(error).__module__}.{type(error).__qualname__}",
                "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
            }
        )
        error = error.__cause__ or error.__context__
    return found


def configuration(level: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`: everything of `level` and above to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLines}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Statements carry what people typed; they are not logged at any level.
            "django.db.backends": {"level": "CRITICAL", "propagate": False},
            # "Not Found" of every scanner that passes by says nothing.
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "CRITICAL"},
            "httpx": {"level": "WARNING"},
        },
    }
