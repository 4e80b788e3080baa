"""Shoppers who write in another language: one sentence in theirs, and a person on offer. The pages stay as they are."""

from __future__ import annotations

from actions.turn import FETCH_PERSON, STAY, Turn
from handoff.wire import Choice, EngineMessage

# From this sureness on, and this many words, the language is taken to be known.
SURE_LANGUAGE = 0.75
ENOUGH_WORDS = 3

# ISO 639-1 code: what is said, and the labels of the two choices.
SENTENCES: dict[str, tuple[str, str, str]] = {
    "fr": (
        "Je suis un programme et nos pages sont en anglais ; je peux appeler une personne.",
        "Appeler une personne",
        "Continuer ici",
    ),
    "de": (
        "Ich bin ein Programm, und unsere Seiten sind auf Englisch; ich kann einen Menschen holen.",
        "Einen Menschen holen",
        "Hier weitermachen",
    ),
    "nl": (
        "Ik ben een programma en onze pagina's zijn in het Engels; ik kan er een medewerker bij halen.",
        "Een medewerker erbij halen",
        "Hier verdergaan",
    ),
    "es": (
        "Soy un programa y nuestras páginas están en inglés; puedo avisar a una persona.",
        "Avisar a una persona",
        "Seguir aquí",
    ),
    "it": (
        "Sono un programma e le nostre pagine sono in inglese; posso chiamare una persona.",
        "Chiamare una persona",
        "Continuare qui",
    ),
    "hi": (
        "Main ek program hoon aur hamare pages English mein hain; main kisi insaan ko bula sakta hoon.",
        "Kisi insaan ko bulao",
        "Yahin jaari rakho",
    ),
    "pt": (
        "Sou um programa e as nossas páginas estão em inglês; posso chamar uma pessoa.",
        "Chamar uma pessoa",
        "Continuar aqui",
    ),
}


def greeting_in_kind(turn: Turn) -> EngineMessage | None:
    """The sentence in the shopper's language with an offer of a person; None in English, or when it was said before."""
    language = foreign_language(turn)
    if language is None:
        return None
    sentence, fetch, stay = SENTENCES[language]
    if any(message.text == sentence for past in turn.past for message in past.messages):
        return None
    choices = [Choice(label=fetch, payload=FETCH_PERSON), Choice(label=stay, payload=STAY)]
    return EngineMessage(text=sentence, choices=choices)


# What is said when a person is fetched.
FETCHING: dict[str, str] = {
    "fr": "Je vous passe une personne ; elle voit toute cette conversation.",
    "de": "Ich hole einen Menschen; er sieht diesen ganzen Chat.",
    "nl": "Ik haal er een medewerker bij, die dit hele gesprek ziet.",
    "es": "Aviso a una persona, que verá toda esta conversación.",
    "it": "Chiamo una persona, che vedrà tutta questa conversazione.",
    "pt": "Vou chamar uma pessoa, que verá toda esta conversa.",
    "hi": "Main ek insaan ko bula raha hoon; woh yeh poori chat dekhenge.",
}


def fetching_in_kind(turn: Turn) -> str | None:
    """That a person is being fetched, in the language the shopper was answered in before; None in English."""
    messages = [message.text for past in turn.past for message in past.messages]
    told = (language for language, (sentence, _, _) in SENTENCES.items() if sentence in messages)
    language = foreign_language(turn) or next(told, None)
    return FETCHING[language] if language else None


def foreign_language(turn: Turn) -> str | None:
    """The language of the message when it is surely one that is not English and that we have a sentence in."""
    understanding = turn.understanding
    if turn.is_hinglish:
        return "hi"
    if understanding is None or understanding.language not in SENTENCES:
        return None
    enough = len(turn.text.split()) >= ENOUGH_WORDS and understanding.language_confidence >= SURE_LANGUAGE
    return understanding.language if enough else None
