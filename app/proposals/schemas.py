"""What goes in and out of the proposals' door; Dutch names are aliases, here and nowhere else."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic.alias_generators import to_camel


class _Schema(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, serialize_by_alias=True, extra="forbid"
    )


class MatchRunIn(_Schema):
    """A request for a match run."""

    policy: str = Field(
        "zorgvuldig", alias="beleid", pattern="^[a-z][a-z-]*$", max_length=60,
        examples=["zorgvuldig", "maximaal"],
    )  # fmt: skip
    snapshot_day: date | None = Field(None, alias="peildatum")
    seed: int = Field(0, ge=0, lt=2**31)

    @field_validator("snapshot_day", mode="before")
    @classmethod
    def _only_text(cls, value: object) -> object:
        # Pydantic takes the number 0 as 1970-01-01.
        if value is not None and not isinstance(value, str | date):
            raise ValueError("geen datum")
        return value


class MatchRunOut(_Schema):
    """A match run as it stands."""

    id: UUID
    state: str = Field(alias="stand")
    snapshot_day: date = Field(alias="peildatum")
    policy: str = Field(alias="beleid")
    failure: str | None = Field(alias="reden")
    counts: dict[str, Any] = Field(alias="aantallen")
    goals: list[dict[str, Any]] = Field(alias="doelen")


class Health(_Schema):
    """Whether the service can do its work."""

    status: str
