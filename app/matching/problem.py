"""The frozen input of a match: children, sibling groups, families; one array a field.

Everything a rule, the risk model or the solver may know stands here, and nothing else: no name,
no BSN, no ethnicity or nationality. Row order carries no meaning: the assembler sorts by number.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.matching.beds import Beds, no_beds
from app.matching.past import PastArrivals, no_past_arrivals
from app.matching.positions import check_lengths, check_positions
from app.matching.weekends import Weekends, check_weekends_of

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Children:
    """Waiting children, shape (n,) unless said otherwise.

    Codes are positions in the word lists of `app.kernel.words`: gender in GENDERS, care_form in
    CARE_FORMS, urgency in URGENCIES, other_children in OtherChildrenWish, visit_place in
    VisitPlace; -1 is unknown or none. Days are datetime64[D], NaT where not given.
    """

    number: tuple[str, ...]
    born_on: Days
    gender: Ints
    care_form: Ints
    urgency: Ints
    registered_on: Days
    needed_from: Days
    leave_by: Days
    expected_months: Floats
    lat: Floats
    lon: Floats
    area_certain: Bools
    area: tuple[str, ...]
    school_lat: Floats
    school_lon: Floats
    school_certain: Bools
    has_school: Bools
    keep_school: Bools
    severity: Ints  # (n, 9) 0 none .. 3 severe, columns as PROBLEMS
    sdq_total: Floats  # NaN unknown
    earlier_placements: Ints
    earlier_breakdowns: Ints
    residential_past: Bools
    allergies: Bools  # (n, number of pets in Problem.pets)
    needs_smoke_free: Bools
    needs_wheelchair: Bools
    languages: Bools  # (n, number of languages)
    faith_wish: Ints  # position in Problem.faiths
    visits_per_month: Floats
    visit_place: Ints
    secret_placement: Bools
    other_children: Ints
    sibling_group: Ints  # position in SiblingGroups
    network_family: Ints  # position in Families, -1 none (or not among the loaded families)
    network_refused: Bools  # a person refused the network family, with a reason
    rhythm: Ints  # position in RHYTHMS: when the child needs its place

    def __len__(self) -> int:
        return len(self.number)


@dataclass(frozen=True, slots=True)
class ExcludedAreas:
    """Areas where a child may not be placed, one row an area."""

    child: Ints
    area: tuple[str, ...]
    lat: Floats
    lon: Floats
    certain: Bools
    radius_km: Floats


@dataclass(frozen=True, slots=True)
class SiblingGroups:
    """Groups of brothers and sisters among the waiting children; wish in SiblingWish.

    on_hold: a person must answer first (two different wishes); its children are not proposed.
    """

    code: tuple[str, ...]
    wish: Ints
    on_hold: Bools

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, slots=True)
class Families:
    """Foster families of all providers, shape (m,) unless said otherwise.

    kind in FamilyKind, status in FamilyStatus, gender_preference in GenderPreference,
    willingness in WILLINGNESS (-1 not asked). Years are calendar years, 0 unknown.
    """

    provider: tuple[str, ...]
    reference: tuple[str, ...]  # the provider's own number
    kind: Ints
    status: Ints
    needs_confirmation: Bools  # missing from its provider's last full export
    area: tuple[str, ...]
    lat: Floats
    lon: Floats
    area_certain: Bools
    forms: Bools  # (m, 4) columns as CARE_FORMS
    free_places: Ints  # full-time beds that are free at all times
    part_places: Ints  # (m, 4) columns as RHYTHMS[1:]: what is free besides, in one rhythm only
    available_from: Days
    available_until: Days
    min_age: Ints
    max_age: Ints
    gender_preference: Ints
    max_siblings: Ints
    willingness: Ints  # (m, 9) columns as PROBLEMS
    experience_years: Floats
    trainings: Bools  # (m, number of trainings)
    cooperation: Ints  # with parents, 1 hard .. 5 easy, 0 unknown
    pets: Bools  # (m, number of pets)
    smokes: Bools
    wheelchair: Bools
    languages: Bools  # (m, number of languages)
    faith: Ints
    clearance_until: Days
    prepared: Bools
    respite: Bools
    for_child: Ints  # network: position in Children; -1 none; -2 names a child that does not wait
    oldest_carer_born: Ints
    youngest_carer_born: Ints

    def __len__(self) -> int:
        return len(self.reference)


@dataclass(frozen=True, slots=True)
class Housemates:
    """Children living in the homes, one row a child; own is False for a foster child."""

    family: Ints
    birth_year: Ints
    own: Bools


@dataclass(frozen=True, slots=True)
class BegunPairs:
    """What people have begun, one row a child: fixed input, so no run proposes these children.

    family: position in Families; -1 for a network family that is not among them. since: day of
    the first call. takes_place: the pair uses a place that free_places and part_places still
    count. is_request: the family has no place for it yet. in_network: the child lives with its
    own network family while screening runs.
    """

    child: Ints
    family: Ints
    since: Days
    takes_place: Bools
    is_request: Bools
    in_network: Bools

    def __len__(self) -> int:
        return len(self.child)


@dataclass(frozen=True, slots=True)
class PlacedSiblings:
    """Where brothers and sisters live who are placed already; wish in SiblingWish, of that pair."""

    child: Ints
    family: Ints
    wish: Ints

    def __len__(self) -> int:
        return len(self.child)


@dataclass(frozen=True, slots=True)
class PublishedPairs:
    """What the region's last finished plan proposes: one row a child at most."""

    child: Ints
    family: Ints

    def __len__(self) -> int:
        return len(self.child)


def no_published_pairs() -> PublishedPairs:
    """Return a table without rows."""
    return PublishedPairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def no_begun_pairs() -> BegunPairs:
    """Return a table without rows."""
    none, no = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
    return BegunPairs(none, none, np.zeros(0, dtype="datetime64[D]"), no, no, no)


def no_placed_siblings() -> PlacedSiblings:
    """Return a table without rows."""
    none = np.zeros(0, dtype=np.int64)
    return PlacedSiblings(none, none, none)


def no_pairs() -> Ints:
    """Return a list of pairs without pairs, shape (0, 2)."""
    return np.zeros((0, 2), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Problem:
    """One region on one day, ready to be matched.

    recorded_no, kept_apart, kept_together: shape (k, 2): child with family, and child with child.
    kept_together: siblings of one group `samen, tenzij` who may not be parted from each other.
    """

    snapshot_day: np.datetime64
    children: Children
    excluded: ExcludedAreas
    groups: SiblingGroups
    families: Families
    housemates: Housemates
    pets: tuple[str, ...]
    languages: tuple[str, ...]
    faiths: tuple[str, ...]
    trainings: tuple[str, ...]
    recorded_no: Ints
    kept_apart: Ints
    kept_together: Ints = field(default_factory=no_pairs)
    begun: BegunPairs = field(default_factory=no_begun_pairs)
    placed_siblings: PlacedSiblings = field(default_factory=no_placed_siblings)
    published: PublishedPairs = field(default_factory=no_published_pairs)
    past: PastArrivals = field(default_factory=no_past_arrivals)
    beds: Beds = field(default_factory=no_beds)
    weekends: Weekends | None = None  # only where respite is sought

    def __post_init__(self) -> None:
        check_lengths(self.children, len(self.children))
        check_lengths(self.families, len(self.families))
        check_positions(self)
        check_weekends_of(self)

    def age_in_years(self) -> Ints:
        """Return each child's age in whole years of 365.25 days on the snapshot day."""
        return np.floor(self.exact_age()).astype(np.int64)

    def exact_age(self) -> Floats:
        """Return each child's age in years on the snapshot day, with its fraction."""
        days = (self.snapshot_day - self.children.born_on).astype("timedelta64[D]")
        return np.asarray(days.astype(np.float64) / 365.25)

    def waiting_days(self) -> Ints:
        """Return how many days each child has waited since its first registration."""
        days = (self.snapshot_day - self.children.registered_on).astype("timedelta64[D]")
        return np.maximum(days.astype(np.int64), 0)

    def is_begun(self) -> Bools:
        """Return for which children people have begun with a family, shape (n,)."""
        found = np.zeros(len(self.children), dtype=np.bool_)
        found[self.begun.child] = True
        return found

    def members(self, group: int) -> Ints:
        """Return the positions of the waiting children of one sibling group."""
        return np.flatnonzero(self.children.sibling_group == group)
