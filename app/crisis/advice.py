"""What to do now with a crisis report, in a sentence."""

from app.models import CrisisReport, CrisisState


def advice(report: CrisisReport, *, together: int, is_held: bool, is_partly_linked: bool) -> str:
    """Return the sentence that says what to do with a report.

    together: for how many children at once there are families, 0 for no bed at all. is_held: a
    family keeps beds for it. is_partly_linked: the file of one child is there, of another not yet.
    """
    if report.state is CrisisState.SEARCHING:
        return _while_searching(1 + len(report.siblings), together)
    if is_partly_linked:
        return (
            "Nog niet elk bed heeft zijn kind: meld ook de anderen aan en koppel hen hier. Kwamen "
            "er minder kinderen, geef die bedden dan vrij met de reden."
        )
    if report.state is CrisisState.FOUND:
        return (
            "Het bed ligt vast. Meld het kind aan en koppel de aanmelding hier, uiterlijk op de "
            "dag die erbij staat; het zoeken naar een vervolgplek begint vandaag."
        )
    if report.state is CrisisState.LINKED and is_held:
        return (
            "Het kind woont sinds die nacht in dit gezin. Leg bij de plaatsing vast wanneer de "
            "aanbieder en de verwijzer ja zeiden. Gaat het kind daar zonder nieuwe plaatsing weg, "
            "geef het bed dan vrij."
        )
    return "Hier is niets meer te doen."


def _while_searching(wanted: int, together: int) -> str:
    if together == 0:
        return "Er is vannacht geen bed in de regio: volg de escalatie, van boven naar beneden."
    if together < wanted:
        return (
            f"Geen gezin heeft {wanted} bedden; voor {together} tegelijk wel. Bel van boven naar "
            "beneden; uit elkaar gaan vraagt een dag waarop zij weer samen zijn."
        )
    return "Bel van boven naar beneden en leg elke poging vast; een ja zet het bed vast."
