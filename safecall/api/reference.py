"""The registries that contacts use, for programs that fill a list with them."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from safecall.api.documented import errors
from safecall.api.schemas import EntryOut, IncidentTypeOut, LanguageOut
from safecall.api.tokens import READ, Bearer
from safecall.vocabulary import dispositions, incident_types, languages

router = Router(tags=["Registries"], auth=Bearer(READ))


@router.get(
    "/incident-types",
    response={200: list[IncidentTypeOut], **errors(401, 403, 429)},
    url_name="incident_types",
    operation_id="list_incident_types",
)
def list_incident_types(request: HttpRequest) -> list[Any]:
    """Incident types (NENA-STA-021.1b, without the code for immigration)"""
    return list(incident_types.BY_CODE.values())


@router.get(
    "/dispositions",
    response={200: list[EntryOut], **errors(401, 403, 429)},
    url_name="dispositions",
    operation_id="list_dispositions",
)
def list_dispositions(request: HttpRequest) -> list[dict[str, str]]:
    """Dispositions (NENA-STA-021.1b)"""
    return [{"code": code, "label": label} for code, label in dispositions.BY_CODE.items()]


@router.get(
    "/languages",
    response={200: list[LanguageOut], **errors(401, 403, 429)},
    url_name="languages",
    operation_id="list_languages",
)
def list_languages(request: HttpRequest) -> list[Any]:
    """Languages that are offered; any BCP 47 tag is taken"""
    return list(languages.BY_TAG.values())
