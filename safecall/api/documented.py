"""What the OpenAPI document says of errors, and of the one body that is not read by ninja."""

from typing import Any, Final

from safecall.api.schemas import OpeningIn, ProblemOut

OPENING: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": OpeningIn.model_json_schema(ref_template="#/components/schemas/{model}")
            }
        },
    },
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": False,
            "description": "Any text of your own; the same for every attempt at the same contact.",
            "schema": {"type": "string", "maxLength": 200},
        }
    ],
    "security": [{"Bearer": []}],
}


def errors(*statuses: int) -> dict[int, type[ProblemOut]]:
    """The problem document under each of these statuses."""
    return dict.fromkeys(statuses, ProblemOut)
