"""The first steps of the form: the child, its home and school, what it needs."""

from app.screens.registrations import choices
from app.screens.registrations.fields import Field, Group, Kind, Rows, Step, levels
from app.screens.words import N_

CHILD = Step(
    "kind",
    N_("Het kind"),
    (
        Group(
            N_("Wie is het"),
            (
                Field(
                    "aanmeldnummer",
                    N_("Aanmeldnummer"),
                    hint=N_("Hieraan herkent iedereen de aanmelding, bijvoorbeeld AM-2026-1000."),
                ),
                Field("voornaam", N_("Voornaam")),
                Field("geboortedatum", N_("Geboortedatum"), Kind.DAY),
                Field("geslacht", N_("Geslacht"), Kind.RADIO, choices.GENDERS),
            ),
        ),
        Group(
            N_("Welke hulp"),
            (
                Field("vorm", N_("Vorm"), Kind.CHOICE, choices.CARE_FORMS),
                Field(
                    "ritme",
                    N_("Ritme"),
                    Kind.CHOICE,
                    choices.RHYTHMS,
                    N_("Alleen bij deeltijd; anders voltijd."),
                    may_lack=True,
                ),
                Field("urgentie", N_("Urgentie"), Kind.RADIO, choices.URGENCIES),
                Field(
                    "verblijftNu",
                    N_("Waar verblijft het kind nu"),
                    hint=N_("Bijvoorbeeld thuis, crisispleeggezin of groep."),
                ),
                Field("moetWegOp", N_("Moet daar weg op"), Kind.DAY, may_lack=True),
                Field(
                    "eindeOnbekendOmdat",
                    N_("Waarom is die dag niet bekend?"),
                    hint=N_("Alleen als het kind niet thuis is en er geen dag is."),
                    may_lack=True,
                ),
                Field("aangemeldOp", N_("Aangemeld op"), Kind.DAY),
                Field("nodigVanaf", N_("Nodig vanaf"), Kind.DAY),
                Field("verwachteDuurMaanden", N_("Verwachte duur in maanden"), Kind.WHOLE),
            ),
        ),
    ),
)
HOME = Step(
    "gezin-en-school",
    N_("Gezin en school"),
    (
        Group(
            N_("Gezin van herkomst"),
            (
                Field("postcode", N_("Postcode van huis")),
                Field("gemeente", N_("Gemeente")),
                Field("verwijzer", N_("Verwijzer"), hint=N_("Wie vraagt de hulp aan.")),
                Field(
                    "talen",
                    N_("Talen die het kind spreekt"),
                    Kind.LIST,
                    hint=N_("Met een komma ertussen."),
                ),
                Field("geloofswens", N_("Wens over geloof"), may_lack=True),
            ),
        ),
        Group(
            N_("Contact met de ouders"),
            (
                Field("bezoekPerMaand", N_("Bezoeken per maand"), Kind.DECIMAL),
                Field("bezoekPlek", N_("Waar is het bezoek"), Kind.RADIO, choices.VISIT_PLACES),
                Field(
                    "geheimePlaatsing",
                    N_("Moet het adres voor de ouders geheim blijven?"),
                    Kind.YES_NO,
                ),
                Rows(
                    "uitgeslotenGebieden",
                    N_("Gebied waar het kind niet mag wonen"),
                    (
                        Field("postcode", N_("Rond postcode"), in_row=True),
                        Field("straalKm", N_("Binnen kilometers"), Kind.DECIMAL, in_row=True),
                    ),
                    N_("Bijvoorbeeld bij een contactverbod. Laat leeg als dit er niet is."),
                ),
            ),
        ),
        Group(
            N_("School"),
            (
                Field("school.postcode", N_("Postcode van de school"), may_lack=True),
                Field(
                    "school.behouden",
                    N_("Is het belangrijk dat het kind op deze school blijft?"),
                    Kind.YES_NO,
                    may_lack=True,
                ),
            ),
        ),
    ),
)
NEEDS = Step(
    "wat-nodig-is",
    N_("Wat nodig is"),
    (
        Group(
            N_("Problemen"),
            levels(),
            N_("Vul 0 in als het er niet is: onbekend is niet hetzelfde als geen probleem."),
        ),
        Group(
            N_("Wat eerder gebeurde"),
            (
                Field("sdqTotaal", N_("SDQ-totaalscore"), Kind.WHOLE, may_lack=True),
                Field("eerderePlaatsingen", N_("Eerdere plaatsingen"), Kind.WHOLE),
                Field("eerdereBreakdowns", N_("Waarvan afgebroken"), Kind.WHOLE),
                Field(
                    "residentieelVerleden", N_("Woonde het kind eerder in een groep?"), Kind.YES_NO
                ),
            ),
        ),
        Group(
            N_("Wat het huis moet hebben"),
            (
                Field("allergieen", N_("Allergisch voor"), Kind.TICKS, choices.PETS),
                Field("rookvrijNodig", N_("Moet het huis rookvrij zijn?"), Kind.YES_NO),
                Field("rolstoel", N_("Moet er een rolstoel in kunnen?"), Kind.YES_NO),
            ),
        ),
    ),
)
