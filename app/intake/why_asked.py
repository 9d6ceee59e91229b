"""Why each field of a registration is asked, in one sentence for whoever fills it in.

ASKED: the fields without which nobody can be searched for. PARTS: the parts of those that have
parts, and why these are asked.
"""

from app.kernel.words import PROBLEMS

BIG5 = ("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn")
BIG5_OPEN = (
    "Wat een kind thuis houdt (BIG5) is niet op elk gebied nagegaan; dat hoort voor een plaatsing."
)

ASKED = {
    "aanmeldnummer": "Aan dit nummer herkennen mensen de aanmelding.",
    "voornaam": "De voornaam voorkomt dat kinderen worden verwisseld.",
    "geboortedatum": "De leeftijd bepaalt welke gezinnen het kind kunnen opvangen.",
    "geslacht": "Sommige gezinnen hebben alleen plaats voor een jongen of een meisje.",
    "postcode": "De afstand tot ouders en school rekent vanaf deze postcode.",
    "gemeente": "Hier woont het kind; vaak betaalt deze gemeente.",
    "verwijzer": "Zonder verwijzer kan niemand met de plaatsing instemmen.",
    "juridischKader": "Hiervan hangt af wiens toestemming een plaatsing vraagt.",
    "vorm": "Een gezin wordt alleen gevraagd voor een vorm die het biedt.",
    "urgentie": "De dringendste kinderen gaan voor.",
    "verblijftNu": "Waar het kind nu is, bepaalt hoe lang het kan wachten.",
    "aangemeldOp": "Vanaf deze dag telt het wachten.",
    "nodigVanaf": "Een plaats moet op deze dag vrij zijn.",
    "verwachteDuurMaanden": "De aanbieder weegt de verwachte duur vooraf (Jeugdwet 5.1).",
    "problematiek": "Wat een gezin niet aankan of niet wil, hangt hiervan af.",
    "eerderePlaatsingen": "Eerdere plaatsingen tellen in de kans op afbreken.",
    "eerdereBreakdowns": "Eerder afgebroken plaatsingen tellen in de kans op afbreken.",
    "residentieelVerleden": "Eerder verblijf in een groep telt in de kans op afbreken.",
    "allergieen": "Een allergie sluit gezinnen met dat huisdier uit.",
    "rookvrijNodig": "Een rookvrij huis sluit gezinnen uit waar gerookt wordt.",
    "rolstoel": "Een rolstoel vraagt een huis waar die in kan.",
    "talen": "Of kind en pleegouders elkaar verstaan, telt mee in de volgorde.",
    "bezoekPerMaand": "Bij veel bezoek telt de afstand tot de ouders zwaarder.",
    "bezoekPlek": "Bezoek in het pleeggezin vraagt iets van dat gezin.",
    "geheimePlaatsing": "Bij een geheime plaatsing blijft het adres voor de ouders verborgen.",
    "uitgeslotenGebieden": "Waar het kind niet mag wonen, wordt geen gezin gevraagd.",
    "netwerkonderzoekGedaan": "Een gezin uit het eigen netwerk gaat voor.",
    "andereKinderen": "De wens over andere kinderen in huis telt mee in de volgorde.",
    "stemVanHetKind": "Wat het kind zelf wil hoort in het voorstel te staan.",
    "big5": "Eerst wordt nagegaan wat het kind thuis kan houden.",
}
PARTS = {
    "problematiek": (
        tuple(problem.value for problem in PROBLEMS),
        "Onbekend is niet hetzelfde als geen probleem: vul 0 in als het er niet is.",
    ),
    "big5": (BIG5, "Vul 'onbekend' in als dit nog niet is nagegaan."),
}
