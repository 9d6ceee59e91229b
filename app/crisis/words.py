"""The closed lists of the crisis desk, and what each safety flag asks of a family."""

from enum import StrEnum

from app.kernel.words import Problem


class Flag(StrEnum):
    """What a family must know before it says yes (*veiligheid*)."""

    AGGRESSION = "agressie"
    RUNNING_AWAY = "weglopen"
    SUBSTANCES = "middelen"
    SEXUAL = "seksueel grensoverschrijdend"
    SELF_HARM = "gevaar voor zichzelf"
    MEDICAL = "medische zorg"
    DISABILITY = "lvb"
    WHEELCHAIR = "rolstoel"
    SMOKE_FREE = "rookvrij nodig"
    ALLERGY_DOG = "allergie hond"
    ALLERGY_CAT = "allergie kat"
    THREAT = "dreiging uit de omgeving"


# Against these a family may have said no in so many words.
PROBLEM_OF = {
    Flag.AGGRESSION: Problem.EXTERNALISING,
    Flag.RUNNING_AWAY: Problem.RUNNING_AWAY,
    Flag.SUBSTANCES: Problem.SUBSTANCES,
    Flag.SEXUAL: Problem.SEXUAL,
    Flag.SELF_HARM: Problem.PSYCHIATRY,
    Flag.MEDICAL: Problem.MEDICAL,
    Flag.DISABILITY: Problem.LEARNING_DISABILITY,
}
PET_OF = {Flag.ALLERGY_DOG: "hond", Flag.ALLERGY_CAT: "kat"}
