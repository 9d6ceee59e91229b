"""What stands in an address: the code of a provider, and the number that it gave a family."""

from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator

from app.kernel.addresses import PROVIDER_CODE, number_of_path

ProviderInPath = Annotated[
    str,
    Path(
        alias="aanbieder", pattern=PROVIDER_CODE, description="De aanbieder.", examples=["spirit"]
    ),
]
FamilyInPath = Annotated[
    str,
    Path(
        alias="nummer",
        pattern="^[A-Za-z0-9._~-]{1,40}$",
        description="Het eigen nummer van de aanbieder; een / in het nummer schrijft u als ~.",
        examples=["SPI-10013"],
    ),
    AfterValidator(number_of_path),
]
