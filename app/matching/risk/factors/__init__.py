"""All factors of the risk score; never ethnicity, nationality, which language, or use of services.

The order is that of the columns of every table of features.
"""

from app.matching.risk.factor import Factor
from app.matching.risk.factors import (
    carers,
    child,
    contact,
    distance,
    home,
    siblings,
    willingness,
)

FACTORS: tuple[Factor, ...] = (
    *child.FACTORS,
    *home.FACTORS,
    *willingness.FACTORS,
    *carers.FACTORS,
    *distance.FACTORS,
    *contact.FACTORS,
    *siblings.FACTORS,
)
CODES = tuple(factor.code for factor in FACTORS)
