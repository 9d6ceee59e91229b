"""Who may call what, written into the contract from the access file."""

from collections.abc import Set
from typing import Any

from app.kernel.actor import ActorRole
from app.kernel.phases import Phase
from app.security.access import Access
from app.security.clients import SCOPE
from app.security.prune import reachable
from app.settings import Settings

_SCHEME = "uitgever"
_WORDS = {
    ActorRole.INTAKE: "Medewerker van het aanmeldpunt.",
    ActorRole.COORDINATOR: "Coördinator die voorstelt en besluiten vastlegt.",
    ActorRole.CRISIS: "Crisisdienst, ook 's nachts.",
    ActorRole.MATCHER: "Matcher van een aanbieder: alleen de eigen organisatie.",
    ActorRole.PROVIDER_SYSTEM: "Systeem van een aanbieder: alleen de eigen organisatie.",
    ActorRole.REFERRER: "Verwijzer: alleen wat de eigen organisatie aanmeldde.",
    ActorRole.MANAGER: "Regiomanager: alleen cijfers.",
    ActorRole.AUDITOR: "Auditor: waarom, en wie wat zag en wijzigde.",
    ActorRole.ADMINISTRATOR: "Beheerder: aanbieders, applicaties, webhooks.",
    ActorRole.MUNICIPALITY: "Gemeente: alleen de eigen zelfevaluatie.",
}


def install_security(document: dict[str, Any], access: Access, settings: Settings) -> None:
    """Write the scheme with a scope a role, which of them opens each operation, and 401 and 403."""
    scopes = {SCOPE + role.value: words for role, words in _WORDS.items()}
    document["components"]["securitySchemes"] = {_SCHEME: _scheme(settings, scopes)}
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "operationId" in operation:
                _secure(operation, access)


def loosen_required(document: dict[str, Any], access: Access) -> None:
    """Take from `required` what an answer lacks for a role that may not see it."""
    schemas = document["components"]["schemas"]
    for operation, schema in _answers(document):
        for name in reachable(schemas, schema) & access.fields.keys():
            for role in access.roles_for(operation):
                seen = access.seen(name, role)
                if seen:  # none at all: the field that leads here is left out already
                    _require_only(schemas[name], seen)
                hidden = access.kept_secret(name, role)
                if hidden:
                    _require_only(schemas[name], set(schemas[name]["properties"]) - hidden)
    if access.phased_schema in schemas:
        _require_only(schemas[access.phased_schema], access.opened_in(Phase.PROPOSED))


def _require_only(schema: dict[str, Any], names: Set[str]) -> None:
    schema["required"] = [name for name in schema.get("required", ()) if name in names]


def _answers(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (operation["operationId"], content["schema"])
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
        for answer in operation["responses"].values()
        for content in answer.get("content", {}).values()
        if content.get("schema")
    ]


def _secure(operation: dict[str, Any], access: Access) -> None:
    name = operation["operationId"]
    if name in access.open_to_all:
        operation["security"] = []
        return
    roles = [role for role in ActorRole if role in access.roles_for(name)]
    operation["security"] = [{_SCHEME: [SCOPE + role.value]} for role in roles]
    operation["description"] = "\n\n".join(
        part
        for part in (
            operation.get("description"),
            f"Voor: {', '.join(role.value for role in roles) or 'niemand'}.",
        )
        if part
    )


def _scheme(settings: Settings, scopes: dict[str, str]) -> dict[str, Any]:
    issuer = (settings.issuer or "https://uitgever.example").rstrip("/")
    return {
        "type": "oauth2",
        "description": (
            "Een JWT van de uitgever (OpenID Connect), gericht aan deze dienst. Systemen: client "
            "credentials met private_key_jwt; mensen: authorization code met PKCE."
        ),
        "flows": {
            "clientCredentials": {"tokenUrl": f"{issuer}/token", "scopes": scopes},
            "authorizationCode": {
                "authorizationUrl": f"{issuer}/auth",
                "tokenUrl": f"{issuer}/token",
                "scopes": scopes,
            },
        },
    }
