"""A form of care with its rhythm, as told or as it was, and what does not go together."""

from typing import NamedTuple

from app.kernel.errors import InputRefused
from app.kernel.rhythms import check_rhythm
from app.kernel.words import CareForm, Rhythm
from app.models import Placement, Registration
from app.placements.schemas import FormIn, WhereIn


class Shape(NamedTuple):
    """A form of care and its rhythm."""

    form: CareForm
    rhythm: Rhythm


def first_shape(registration: Registration, told: WhereIn) -> Shape:
    """Return what a placement begins as: as told, else as the child was registered for."""
    before = Shape(registration.care_form, registration.rhythm)
    return _shape(before, told.form, told.rhythm)


def next_shape(placement: Placement, told: FormIn) -> Shape:
    """Return what a placement becomes; raises InputRefused where nothing changes."""
    before = Shape(placement.form, placement.rhythm)
    shape = _shape(before, told.form, told.rhythm)
    if shape.form is CareForm.CRISIS and before.form is not CareForm.CRISIS:
        raise InputRefused("vorm: een plaatsing die loopt wordt geen crisisplaatsing.")
    if shape == before:
        raise InputRefused("vorm: dit is de vorm al, in dit ritme; er is niets te wijzigen.")
    return shape


def _shape(before: Shape, form: CareForm | None, rhythm: Rhythm | None) -> Shape:
    form = form or before.form
    usual = before.rhythm if form is CareForm.PART_TIME else Rhythm.FULL_TIME
    shape = Shape(form, rhythm or usual)
    check_rhythm(*shape)
    return shape
