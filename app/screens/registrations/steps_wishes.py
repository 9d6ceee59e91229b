"""The later steps of the form: siblings, wishes, what was tried first, the legal frame."""

from app.screens.registrations import choices
from app.screens.registrations.fields import Field, Group, Kind, Rows, Step, domains
from app.screens.words import N_

SIBLINGS = Step(
    "broers-en-zussen",
    N_("Broers en zussen"),
    (
        Group(
            N_("De groep"),
            (
                Field(
                    "broersZussen.groep",
                    N_("Kenmerk van de groep"),
                    hint=N_("Hetzelfde kenmerk bij elke broer en zus; geen achternaam."),
                    may_lack=True,
                ),
                Field(
                    "broersZussen.wens",
                    N_("Wonen zij samen?"),
                    Kind.RADIO,
                    choices.SIBLING_WISHES,
                    may_lack=True,
                ),
                Field("broersZussen.apartOmdat", N_("Waarom apart"), may_lack=True),
                Field(
                    "broersZussen.herenigenVoor",
                    N_("Weer samen voor"),
                    Kind.DAY,
                    hint=N_("Alleen als een crisis hen tijdelijk scheidt."),
                    may_lack=True,
                ),
            ),
            N_("Laat alles leeg als er geen broers of zussen zijn die ook een plek zoeken."),
        ),
        Group(
            N_("Wensen per broer of zus"),
            (
                Rows(
                    "broersZussen.wensenPerKind",
                    N_("Broer of zus"),
                    (
                        Field("aanmeldnummer", N_("Aanmeldnummer"), in_row=True),
                        Field("wens", N_("Wens"), Kind.CHOICE, choices.SIBLING_WISHES, in_row=True),
                        Field("wiens", N_("Wiens wens"), Kind.CHOICE, choices.WISH_OF, in_row=True),
                        Field("waarom", N_("Waarom"), in_row=True),
                        Field("contraindicatie", N_("Wat pleit ertegen"), in_row=True),
                    ),
                    N_("Gaat voor op de wens van de groep."),
                ),
            ),
        ),
    ),
)
WISHES = Step(
    "wensen",
    N_("Wensen en stem van het kind"),
    (
        Group(
            N_("De stem van het kind"),
            (
                Field(
                    "stemVanHetKind",
                    N_("Wat wil het kind zelf, in eigen woorden?"),
                    Kind.STORY,
                    hint=N_("Dit staat bovenaan elk voorstel. Noem geen achternamen."),
                ),
                Field(
                    "andereKinderen",
                    N_("Andere kinderen in huis"),
                    Kind.RADIO,
                    choices.OTHER_CHILDREN,
                ),
            ),
        ),
    ),
)
PREVENTION = Step(
    "eerst-geprobeerd",
    N_("Wat eerst is geprobeerd"),
    (
        Group(
            N_("Het eigen netwerk"),
            (
                Field(
                    "netwerkonderzoekGedaan",
                    N_("Is er in het eigen netwerk gezocht?"),
                    Kind.YES_NO,
                ),
                Field(
                    "preventie.netwerkonderzoekUitkomst",
                    N_("Uitkomst van het netwerkonderzoek"),
                    Kind.CHOICE,
                    choices.NETWORK_OUTCOMES,
                    may_lack=True,
                ),
                Field(
                    "preventie.netwerkonderzoekOvergeslagen",
                    N_("Waarom er niet in het netwerk is gezocht"),
                    may_lack=True,
                ),
                Field(
                    "netwerkgezin",
                    N_("Nummer van het netwerkgezin"),
                    hint=N_("Zoals de aanbieder het gezin noemt."),
                    may_lack=True,
                ),
                Field(
                    "woontBijNetwerkgezinSinds",
                    N_("Woont daar al sinds"),
                    Kind.DAY,
                    may_lack=True,
                ),
                Field(
                    "netwerkgezinGeweigerd.reden",
                    N_("Waarom dit gezin niet kan, als iemand het weigerde"),
                    may_lack=True,
                ),
            ),
        ),
        Group(
            N_("JIM: een volwassene die de jongere zelf kiest"),
            (
                Field("jim", N_("Wie is de JIM"), may_lack=True),
                Field(
                    "preventie.jimOvergeslagen",
                    N_("Waarom er geen JIM is"),
                    may_lack=True,
                ),
            ),
        ),
        Group(
            N_("BIG5: wat een kind thuis houdt"),
            (
                *domains(),
                Field(
                    "preventie.big5Overgeslagen",
                    N_("Waarom de BIG5 niet is nagegaan"),
                    may_lack=True,
                ),
            ),
        ),
    ),
)
LEGAL = Step(
    "juridisch-kader",
    N_("Juridisch kader"),
    (
        Group(
            N_("Kader en machtiging"),
            (
                Field("juridischKader", N_("Juridisch kader"), Kind.RADIO, choices.LEGAL_FRAMES),
                Field(
                    "machtiging.afgegevenOp",
                    N_("Machtiging uithuisplaatsing afgegeven op"),
                    Kind.DAY,
                    may_lack=True,
                ),
                Field(
                    "machtiging.soort",
                    N_("Voor welk soort verblijf"),
                    hint=N_("Zoals in de machtiging staat, bijvoorbeeld pleeggezin."),
                    may_lack=True,
                ),
            ),
            N_("Wie het gezag heeft en of die instemt, legt u vast na het indienen."),
        ),
    ),
)
