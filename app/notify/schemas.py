"""What goes in and out of the doors of events; the Dutch names are aliases, only here."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, JsonValue, StrictStr

from app.events.catalogue import KINDS, PREFIX, Occurrence
from app.http.schema import Schema
from app.kernel.addresses import PROVIDER_CODE
from app.models import Channel, Outcome, SubscriptionState

TYPES: list[JsonValue] = [*sorted(occurrence.type for occurrence in Occurrence)]


def _kind_of(type_: str) -> str:
    kind = type_.removeprefix(PREFIX)
    if PREFIX + kind != type_ or kind not in KINDS:
        raise ValueError("is geen soort gebeurtenis")
    return kind


# Goes in as the type of a CloudEvent, and is the kind from the catalogue inside.
KindIn = Annotated[StrictStr, AfterValidator(_kind_of), Field(json_schema_extra={"enum": TYPES})]
Instant = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(UTC))]


class EventOut(Schema):
    """A CloudEvent in the NL GOV profile: ids and words of closed lists, nothing else."""

    specversion: str = Field(alias="specversion", examples=["1.0"])
    id: UUID = Field(description="Twee keer hetzelfde id is twee keer dezelfde gebeurtenis.")
    source: str = Field(examples=["urn:nld:oin:00000000000000000000:systeem:pleegzorg"])
    type: str = Field(json_schema_extra={"enum": TYPES}, examples=["nl.pleegzorg.stap.begonnen"])
    subject: str = Field(examples=["pleeggezinnen/spirit/SPI-10013"])
    time: Instant = Field(description="Wanneer het is vastgelegd.")
    datacontenttype: str = Field(alias="datacontenttype", examples=["application/json"])
    dataref: str = Field(description="Waar meer te lezen is, voor wie het mag zien.")
    sequence: str = Field(description="Sorteert als tekst zoals de gebeurtenissen zelf.")
    data: dict[str, str] = Field(examples=[{"aanbieder": "spirit", "gezin": "SPI-10013"}])


class SubscriptionIn(Schema):
    """Who wants to be told of what."""

    channel: Channel = Field(Channel.WEBHOOK, alias="kanaal", description="Mail stelt beheer in.")
    address: StrictStr = Field(
        alias="adres", min_length=3, max_length=500, description="Een URL, of een e-mailadres.",
        examples=["https://koppeling.aanbieder.example/pleegzorg"],
    )  # fmt: skip
    kinds: list[KindIn] = Field(
        default_factory=list, alias="soorten", max_length=50,
        description="Welke gebeurtenissen; geen enkele genoemd is alle.",
        examples=[["nl.pleegzorg.stap.begonnen"]],
    )  # fmt: skip
    provider: str | None = Field(
        None, alias="aanbieder", pattern=PROVIDER_CODE, examples=["spirit"],
        description="Van wie; alleen beheer kan kiezen, en ook voor alle gebeurtenissen (null).",
    )  # fmt: skip


class SubscriptionOut(Schema):
    """A subscription as it stands: what it is told, how far it is, how the last attempt went."""

    id: UUID
    channel: Channel = Field(alias="kanaal")
    address: str = Field(alias="adres")
    kinds: list[str] = Field(alias="soorten")
    provider: str | None = Field(alias="aanbieder")
    state: SubscriptionState = Field(alias="stand")
    outcome: Outcome | None = Field(alias="uitkomst", description="Van de laatste poging.")
    last_status: int | None = Field(
        alias="laatsteStatus", description="Van HTTP of SMTP; wat erbij stond wordt niet bewaard."
    )
    failures: int = Field(alias="mislukt", description="Hoeveel pogingen achtereen.")
    not_before: Instant | None = Field(alias="volgendePoging")
    tried_at: Instant | None = Field(alias="laatstGeprobeerd")
    delivered_at: Instant | None = Field(alias="laatstAfgeleverd")
    parked_at: Instant | None = Field(alias="geparkeerdOp")
    previous_until: Instant | None = Field(
        alias="vorigGeheimTot",
        description="Tot wanneer berichten ook met het vorige geheim zijn ondertekend.",
    )
    created_at: Instant = Field(alias="gemaaktOp")


class SubscriptionMade(SubscriptionOut):
    """A subscription that was just made, with the secret that is shown only here."""

    secret: str | None = Field(
        alias="geheim", description="Waarmee webhooks zijn ondertekend (Standard Webhooks)."
    )


class SubscriptionList(Schema):
    """Subscriptions in the order of their making."""

    subscriptions: list[SubscriptionOut] = Field(alias="abonnementen")
