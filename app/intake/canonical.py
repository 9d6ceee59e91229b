"""What a file with registrations says, after reading."""

from dataclasses import dataclass

from app.intake.schemas import RegistrationIn
from app.kernel.refusal import Notice, Refusal


@dataclass(frozen=True, slots=True)
class ReadRegistration:
    """A registration with the line it stood on."""

    row: int
    record: RegistrationIn


@dataclass(frozen=True, slots=True)
class RegistrationReading:
    """Everything that one file says.

    groups_on_hold: codes of sibling groups for which the registrations wish different things; they
    are kept, but nobody of such a group is proposed until a person has answered (*navragen*).
    missing: codes of groups `samen` of which a registration in this file was refused, each with the
    number of that registration ("" without one); all or nobody is meant, so nobody of the group is
    proposed until that row is repaired.
    """

    registrations: tuple[ReadRegistration, ...]
    refusals: tuple[Refusal, ...]
    notices: tuple[Notice, ...]
    groups_on_hold: frozenset[str]
    missing: frozenset[tuple[str, str]] = frozenset()

    @property
    def incomplete_groups(self) -> frozenset[str]:
        """Return the codes of the groups that miss one."""
        return frozenset(code for code, _ in self.missing)
