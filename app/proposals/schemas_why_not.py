"""Why a child has no proposal, as it is answered."""

from pydantic import Field

from app.http.schema import Schema


class RefusedByRule(Schema):
    """How many families a rule refused."""

    code: str
    rule: str = Field(alias="regel")
    families: int = Field(alias="gezinnen")


class SmallestChange(Schema):
    """What would have to change for a proposal."""

    sentence: str = Field(alias="zin")
    is_negotiable: bool = Field(alias="onderhandelbaar")
    rules: list[str] = Field(alias="regels")
    families: list[str] = Field(alias="gezinnen")


class WhyNot(Schema):
    """Why a child has no proposal."""

    code: str
    sentence: str = Field(alias="zin")
    refused: list[RefusedByRule] = Field(alias="geweigerdPerRegel")
    change: SmallestChange | None = Field(alias="kleinsteWijziging")
