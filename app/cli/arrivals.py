"""What a folder's history of placements says of how often children come in."""

from datetime import date
from pathlib import Path

import numpy as np

from app.kernel.errors import InputRefused
from app.kernel.words import CARE_FORMS
from app.matching.past import PastArrivals, past_arrivals
from app.matching.policy import Policy


def read_arrivals(folder: Path, policy: Policy, until: date) -> PastArrivals | None:
    """Return the placements of the folder as arrivals; None where there are none or no need.

    A history that cannot be used leaves the waiting list; `choose_weights` has said why.
    """
    if policy.look_ahead is None:
        return None
    from app.learning.history import FILE, read_history

    if not (folder / FILE).is_file():
        return None
    try:
        history = read_history(folder / FILE, until=until)
    except InputRefused:
        return None
    courses = [placement.course for placement in history.placements]
    rows = sorted(
        (np.datetime64(course.began_on, "D"), -1, CARE_FORMS.index(course.care_form))
        for course in courses
    )
    return past_arrivals(rows, rows[0][0], is_placement=True)
