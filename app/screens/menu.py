"""The main menu: for each the screens that their roles may ask the API for."""

from collections.abc import Callable
from dataclasses import dataclass

from app.screens.words import N_


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen in the menu; needs: the operation of the contract without which it is empty.

    unless: an operation with which it is found under another entry.
    """

    path: str
    title: str
    needs: str
    unless: str = ""


# In the order of a working day. Signing in leads to the first that somebody may see: what waits for
# an answer comes before what is there to be looked up. The titles are translated where shown.
ENTRIES = (
    Entry("/wachtlijst", N_("Wachtlijst"), "leesWachtlijst"),
    Entry("/crisis", N_("Crisis"), "lijstCrisismeldingen"),
    Entry("/concepten", N_("Concepten"), "lijstConcepten"),
    Entry("/vragen", N_("Vragen"), "lijstGezinsvragen"),
    Entry("/gezinnen", N_("Gezinnen"), "lijstPleeggezinnen"),
    Entry("/plaatsingen", N_("Plaatsingen"), "lijstPlaatsingen"),
    Entry("/crisis/nummers", N_("Crisisnummers"), "lijstCrisisnummers", "lijstCrisismeldingen"),
    Entry("/volglijst", N_("Volglijst"), "leesVolglijst"),
    Entry("/ambulante-hulp", N_("Ambulante hulp"), "lijstAmbulanteHulp", "leesVolglijst"),
    Entry("/zorgsettingen", N_("Gezinshuizen"), "lijstZorgsettingen"),
    Entry("/regio", N_("Regio"), "leesRegiocijfers"),
    Entry("/regio/zelfevaluaties", N_("Zelfevaluatie"), "lijstZelfevaluaties", "leesRegiocijfers"),
    Entry("/zo-thuis-mogelijk", N_("Zo thuis mogelijk"), "leesLaddercijfers"),
    Entry("/uitkomsten", N_("Uitkomsten"), "leesKalibratie"),
    Entry("/runs", N_("Matchruns"), "lijstMatchruns"),
    Entry("/noodtoegang", N_("Noodtoegang"), "lijstNoodtoegangen"),
    Entry("/rechten", N_("Rechten"), "lijstVernietigingsverzoeken"),
    Entry("/geschiedenis", N_("Geschiedenis"), "zoekInLogboek"),
)


def menu_for(may: Callable[[str], bool]) -> list[Entry]:
    """Return what somebody may go to."""
    return [
        entry for entry in ENTRIES if may(entry.needs) and not (entry.unless and may(entry.unless))
    ]
