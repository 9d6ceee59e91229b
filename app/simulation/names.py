"""Made-up names, sentences and closed lists of words that the drawn people use."""

SURNAMES = (
    "Aalders", "Bakker", "Belhaj", "Bergsma", "Blom", "Brouwer", "Ceylan", "Cornelisse", "Dekker",
    "de Boer", "de Groot", "de Leeuw", "de Wit", "Demir", "Doornbos", "El Idrissi", "Emanuels",
    "Faber", "Groen", "Haddad", "Hendriks", "Hoekstra", "Huisman", "Jansen", "Kaya", "Koster",
    "Kowalski", "Kramer", "Kuiper", "Linthorst", "Maas", "Martina", "Meijer", "Molenaar",
    "Nijhuis", "Oosterhof", "Öztürk", "Pinas", "Postma", "Prins", "Ramdin", "Ruiter", "Schaap",
    "Smit", "Tesfay", "Timmer", "van Beek", "van den Berg", "van der Meulen", "van Dijk",
    "Verhoeven", "Visser", "Vos", "Wijaya", "Zandstra",
)  # fmt: skip
GIRLS = (
    "Amina", "Bente", "Evi", "Fenna", "Hiba", "Imane", "Isa", "Jasmijn", "Kiki", "Lina", "Lotte",
    "Maryam", "Nora", "Nova", "Roos", "Sara", "Senna", "Tess", "Yara", "Zoë",
)  # fmt: skip
BOYS = (
    "Adam", "Bilal", "Boaz", "Daan", "Emre", "Finn", "Gijs", "Ilias", "Jayden", "Kaan", "Luca",
    "Mees", "Milan", "Noah", "Pepijn", "Rayan", "Sem", "Thijs", "Tygo", "Youssef",
)  # fmt: skip
ANY_NAMES = ("Bo", "Charlie", "Jip", "Noa", "Robin", "Sam")

LANGUAGES = (
    "Arabisch", "Berbers", "Engels", "Papiaments", "Pools", "Spaans", "Sranantongo", "Tigrinya",
    "Turks",
)  # fmt: skip
TRAININGS = (
    "traumasensitief opvoeden", "hechting", "lvb", "kinder-ehbo", "omgaan met ouders",
    "video-hometraining",
)  # fmt: skip
PETS = ("hond", "kat", "overig")
MENTORS = ("oma", "oom", "tante", "buurvrouw", "docent", "voetbaltrainer")

VOICES = (
    "Ik wil iemand die mij 's avonds voorleest.",
    "Liever een huis met een hond dan zonder.",
    "Ik vind veel mensen aan tafel spannend.",
    "Ik wil mijn vader elke week kunnen bellen.",
    "Ik wil blijven zwemmen op woensdag.",
    "Ik wil eerst een keer komen kijken.",
    "Ik slaap niet graag alleen op een kamer.",
)
SIBLING_VOICES = (
    "Ik wil dat we bij elkaar blijven.",
    "Ik wil mijn zus of broer elke dag zien.",
)
SCHOOL_VOICES = (
    "Ik wil niet van school hoeven wisselen.",
    "Mijn vrienden zitten op deze school.",
)
