"""What goes in and out of the doors of strain and support; Dutch names are aliases, only here."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StrictStr, model_validator

from app.http.schema import Schema
from app.kernel.errors import InputRefused
from app.kernel.reading import text
from app.kernel.reading_days import DayStyle, day
from app.kernel.strain import Helped, SignalKind, SupportKind, TakenUp, WeekendNeed
from app.strain.ambulatory_schemas import AmbulatoryLineOut, AmbulatoryRef, LookOut

Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
Note = Annotated[StrictStr, AfterValidator(text), Field(max_length=2000)]
Instant = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(UTC))]


class SignalIn(Schema):
    """What somebody sees of a placement."""

    day: Day | None = Field(None, alias="dag", description="Wanneer het is gezien; anders vandaag.")
    kind: SignalKind = Field(alias="soort", examples=["pleegouders overbelast"])
    note: Note | None = Field(None, alias="toelichting", description="Nodig bij 'anders'.")
    respite_need: WeekendNeed | None = Field(
        None, alias="vraagtRespijt", description="In welke weekenden een logeerplek zou helpen."
    )

    @model_validator(mode="after")
    def _explain_another(self) -> "SignalIn":
        if self.kind is SignalKind.OTHER and self.note is None:
            raise InputRefused("toelichting: ontbreekt; licht 'anders' toe.")
        return self


class SettleIn(Schema):
    """Why a signal needs no attention any more."""

    reason: Note = Field(alias="reden", examples=["Besproken; de hulp thuis is uitgebreid."])


class SignalOut(Schema):
    """A signal as it stands."""

    id: UUID
    day: date = Field(alias="dag")
    kind: SignalKind = Field(alias="soort")
    note: str | None = Field(alias="toelichting")
    respite_need: WeekendNeed | None = Field(alias="vraagtRespijt")
    actor: str = Field(alias="door")
    role: str = Field(alias="rol")
    is_open: bool = Field(alias="open")
    settled_at: Instant | None = Field(alias="afgehandeldOp")
    settled_by: str | None = Field(alias="afgehandeldDoor")
    settled_reason: str | None = Field(alias="redenAfgehandeld")


class PlacementHead(Schema):
    """What names a placement; the child only for who may see it."""

    id: UUID
    child: UUID | None = Field(alias="kind")
    number: str | None = Field(alias="aanmeldnummer")
    provider: str = Field(alias="aanbieder")
    family: str = Field(alias="gezin")
    family_name: str = Field(alias="gezinsnaam")
    form: str = Field(alias="vorm")
    since: date = Field(alias="sinds")
    until: date | None = Field(alias="totEnMet")


class SignalList(Schema):
    """The signals of a placement, the newest first."""

    placement: PlacementHead = Field(alias="plaatsing")
    signals: list[SignalOut] = Field(alias="signalen")
    support_lines: list[AmbulatoryLineOut] = Field(alias="hulpvoorstellen")
    looked: LookOut | None = Field(
        alias="laatstGezocht", description="Naar ambulante hulp; null: nog niet."
    )


class SupportIn(Schema):
    """What is offered so that a placement holds."""

    kind: SupportKind = Field(alias="soort", examples=["ambulante hulp"])
    note: Note | None = Field(None, alias="toelichting", description="Nodig bij 'anders'.")
    offered_on: Day | None = Field(None, alias="aangebodenOp", description="Anders vandaag.")
    line: UUID | None = Field(
        None, alias="hulpvoorstel", description="Welk hulpvoorstel hiermee wordt aangeboden."
    )

    @model_validator(mode="after")
    def _explain_another(self) -> "SupportIn":
        if self.kind is SupportKind.OTHER and self.note is None:
            raise InputRefused("toelichting: ontbreekt; licht 'anders' toe.")
        return self


class SupportResultIn(Schema):
    """What came of an offer; what is left out stays as it was."""

    taken_up: TakenUp | None = Field(None, alias="opgepakt")
    taken_reason: Note | None = Field(
        None, alias="redenNietOpgepakt", description="Nodig bij 'nee'."
    )
    since: Day | None = Field(None, alias="vanaf")
    until: Day | None = Field(None, alias="totEnMet", description="Laatste dag.")
    helped: Helped | None = Field(None, alias="geholpen")
    helped_note: Note | None = Field(None, alias="toelichtingGeholpen")


class SupportOut(Schema):
    """An offer as it stands. The family of respite is told to its own provider and to staff."""

    id: UUID
    kind: SupportKind = Field(alias="soort")
    note: str | None = Field(alias="toelichting")
    offered_on: date = Field(alias="aangebodenOp")
    taken_up: TakenUp = Field(alias="opgepakt")
    taken_reason: str | None = Field(alias="redenNietOpgepakt")
    since: date | None = Field(alias="vanaf")
    until: date | None = Field(alias="totEnMet")
    helped: Helped = Field(alias="geholpen")
    helped_note: str | None = Field(alias="toelichtingGeholpen")
    provider: str | None = Field(alias="aanbieder")
    family: str | None = Field(alias="gezin")
    family_name: str | None = Field(alias="gezinsnaam")
    ambulatory: AmbulatoryRef | None = Field(alias="hulpvorm")
    weekends: list[str] = Field(
        alias="weekenden", description="Waarin nu een plaats in gebruik is."
    )
    actor: str = Field(alias="door")


class SupportList(Schema):
    """What was offered to a placement, the newest first."""

    offers: list[SupportOut] = Field(alias="steunaanbod")


class WatchReasonOut(Schema):
    """A reason why a placement stands on the watch list."""

    code: str
    sentence: str = Field(alias="zin")
    gravity: int = Field(alias="ernst", description="1 licht, 2 duidelijk, 3 zwaar.")
    since: date = Field(alias="sinds")
    why: str = Field(alias="waarom")


class WatchedOut(Schema):
    """A placement under strain."""

    placement: UUID = Field(alias="plaatsing")
    child: UUID | None = Field(alias="kind")
    number: str | None = Field(alias="aanmeldnummer")
    provider: str = Field(alias="aanbieder")
    family: str = Field(alias="gezin")
    family_name: str = Field(alias="gezinsnaam")
    form: str = Field(alias="vorm")
    since: date = Field(alias="geplaatstSinds")
    reasons: list[WatchReasonOut] = Field(alias="redenen")
    gravity: int = Field(alias="ernstSamen")
    need: WeekendNeed | None = Field(alias="vraagtRespijt")
    need_why: str | None = Field(alias="redenRespijt")
    has_respite: bool = Field(alias="heeftRespijt")
    support_lines: list[AmbulatoryLineOut] = Field(
        alias="hulpvoorstellen", description="Ambulante hulp die de dienst vond, de beste eerst."
    )


class WatchListOut(Schema):
    """Placements under strain: the gravest reason first, then the sum, then the longest."""

    rules_from: date = Field(alias="regelsVanaf")
    total: int = Field(alias="totaal")
    placements: list[WatchedOut] = Field(alias="plaatsingen")
