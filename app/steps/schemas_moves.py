"""What goes in and out of the doors of moves, yeses, objections and the history of a step."""

from datetime import date
from uuid import UUID

from pydantic import Field, model_validator

from app.http.going_on import FOLLOWING, NO_FOLLOWING, GoOnIn
from app.http.schema import Schema
from app.kernel.errors import InputRefused
from app.kernel.phases import (
    OBJECTORS,
    Agreement,
    DeclineReason,
    LegalWeight,
    MessageKind,
    NoBy,
    ObjectionOutcome,
    Phase,
)
from app.steps.schemas import ConsentOut, Day, Instant, Story, Text

_POINTS = "Ten hoogste twintig punten."


class MoveIn(Schema):
    """The next phase, and what those said to whom the present one was put."""

    to: Phase = Field(alias="fase", examples=["voorgelegd aan pleegouders"])
    agreement: Agreement = Field(
        alias="akkoord",
        description="Van wie het nu voorlag: de aanbieder, de pleegouders, ouders en kind, allen.",
        examples=["ja"],
    )
    condition: Story | None = Field(
        None, alias="voorwaarde", description="Alleen, en altijd, bij 'onder voorwaarde'."
    )
    pros: list[Story] = Field(
        default_factory=list, alias="voors", max_length=20, description=_POINTS,
        examples=[["Ervaring met hechting"]],
    )  # fmt: skip
    cons: list[Story] = Field(
        default_factory=list, alias="tegens", max_length=20, description=_POINTS, examples=[[]]
    )
    doubts: list[Story] = Field(
        default_factory=list, alias="twijfels", max_length=20, description=_POINTS,
        examples=[["Is een eigen kamer haalbaar?"]],
    )  # fmt: skip
    support_plan: Story | None = Field(
        None, alias="steunplan", description="Bij een match die er een vraagt.",
        examples=["Elke week begeleiding, en een weekend per maand respijt."],
    )  # fmt: skip
    no_support_reason: Story | None = Field(
        None, alias="redenGeenSteunplan", description="Waarom er geen steunplan komt."
    )
    split_reason: Story | None = Field(
        None, alias="redenSplitsing",
        description="Waarom broers en zussen die samen willen niet allemaal naar dit gezin gaan; "
        "nodig bij de match als dat zo is.",
    )  # fmt: skip
    since: Day | None = Field(
        None, alias="vanaf", description="Eerste dag van de plaatsing; anders vandaag.",
        examples=["2026-11-28"],
    )  # fmt: skip
    following: GoOnIn | None = Field(None, alias="vervolg", description=FOLLOWING)
    no_follow_up_reason: Story | None = Field(
        None, alias="redenGeenVervolg", description=NO_FOLLOWING
    )

    @model_validator(mode="after")
    def _refuse_odd(self) -> "MoveIn":
        if (self.agreement is Agreement.IF) != (self.condition is not None):
            raise InputRefused(
                "voorwaarde: een voorwaarde hoort alleen, en altijd, bij 'onder voorwaarde'."
            )
        if self.since is not None and self.to is not Phase.PLACED:
            raise InputRefused(
                "vanaf: de dag van de plaatsing hoort alleen bij de fase 'plaatsing'; laat hem weg."
            )
        is_supported = self.support_plan is not None or self.no_support_reason is not None
        if is_supported and self.to is not Phase.MATCHED:
            raise InputRefused(
                "steunplan, redenGeenSteunplan: een steunplan, of de reden waarom er geen is, "
                "hoort alleen bij de fase 'match'."
            )
        if self.split_reason is not None and self.to is not Phase.MATCHED:
            raise InputRefused(
                "redenSplitsing: de reden van de splitsing hoort alleen bij de fase 'match'; laat "
                "haar weg."
            )
        if self.support_plan is not None and self.no_support_reason is not None:
            raise InputRefused(
                "steunplan, redenGeenSteunplan: geef het steunplan of de reden waarom er geen is, "
                "niet beide."
            )
        return self


class MoveOut(Schema):
    """One move, as it was recorded."""

    from_phase: Phase = Field(alias="van")
    to_phase: Phase = Field(alias="naar")
    agreement: Agreement = Field(alias="akkoord")
    condition: str | None = Field(alias="voorwaarde")
    pros: list[str] = Field(alias="voors")
    cons: list[str] = Field(alias="tegens")
    doubts: list[str] = Field(alias="twijfels")
    actor: str = Field(alias="wie")
    role: str = Field(alias="rol")
    created_at: Instant = Field(alias="vastgelegdOp")


class ConsentIn(Schema):
    """The referrer's yes. The intake names whose it is, and when it was given."""

    organisation: Text | None = Field(
        None, alias="organisatie", description="Alleen, en altijd, door het aanmeldpunt.",
        examples=["Jeugdbescherming Voorbeeld"],
    )  # fmt: skip
    given_on: Day | None = Field(
        None, alias="gegevenOp",
        description="Dag van het akkoord, vanaf het begin van de kennismaking; anders vandaag.",
        examples=["2026-11-27"],
    )  # fmt: skip


class ExplanationIn(Schema):
    """What a coordinator tells a provider, mostly in answer to its question."""

    text: Story = Field(
        alias="tekst", description="Zonder naam, adres of BSN: dit leest de aanbieder.",
        examples=["Het kind slaapt sinds een maand weer goed."],
    )  # fmt: skip


class ObjectionIn(Schema):
    """An objection of parents or child to this family."""

    by: NoBy = Field(alias="door", description="ouders of kind", examples=["ouders"])
    text: Story = Field(alias="tekst", examples=["Wij vinden het gezin te ver weg."])

    @model_validator(mode="after")
    def _only_objectors(self) -> "ObjectionIn":
        if self.by not in OBJECTORS:
            raise InputRefused("door: bezwaar maken ouders of kind; wie anders nee zegt, zegt nee.")
        return self


class OutcomeIn(Schema):
    """What came of an objection, and why."""

    outcome: ObjectionOutcome = Field(alias="uitkomst", examples=["ingetrokken"])
    reason: Story = Field(alias="reden", examples=["Na het gesprek stemmen beide ouders in."])


class ObjectionOut(Schema):
    """An objection as it stands; weight: what the law gives it under the frame of that day."""

    id: UUID
    by: NoBy = Field(alias="door")
    text: str = Field(alias="tekst")
    legal_frame: str = Field(alias="juridischKader")
    weight: LegalWeight = Field(alias="gewicht")
    outcome: ObjectionOutcome | None = Field(alias="uitkomst")
    outcome_reason: str | None = Field(alias="redenUitkomst")
    actor: str = Field(alias="wie")
    role: str = Field(alias="rol")
    created_at: Instant = Field(alias="vastgelegdOp")
    decided_by: str | None = Field(alias="afgerondDoor")
    decided_at: Instant | None = Field(alias="afgerondOp")


class MessageOut(Schema):
    """What a provider answered, asked or was told."""

    phase: Phase = Field(alias="fase")
    kind: MessageKind = Field(alias="soort")
    decline_reason: DeclineReason | None = Field(alias="afwijsreden")
    text: str | None = Field(alias="tekst")
    actor: str = Field(alias="wie")
    role: str = Field(alias="rol")
    created_at: Instant = Field(alias="vastgelegdOp")


class RecordedConsent(ConsentOut):
    """A yes with who recorded it."""

    actor: str = Field(alias="wie")
    role: str = Field(alias="rol")


class StepHistory(Schema):
    """All that was recorded of a step, each kind from the oldest on."""

    begun_on: date = Field(alias="sinds")
    actor: str = Field(alias="begonnenDoor")
    moves: list[MoveOut] = Field(alias="overgangen")
    messages: list[MessageOut] = Field(alias="berichten")
    consents: list[RecordedConsent] = Field(alias="akkoorden")
    objections: list[ObjectionOut] = Field(alias="bezwaren")
