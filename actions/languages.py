"""Shoppers who write in another language than the pages': one sentence in theirs, and a person on offer.

The pages stay as they are, and so do the assistant's other sentences (`phrases`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from actions.turn import FETCH_PERSON, STAY, Turn
from actions.wording import ENGLISH, HINDI
from handoff.wire import Choice, EngineMessage

# From this sureness on, and this many words, the language is taken to be known.
SURE_LANGUAGE = 0.75
ENOUGH_WORDS = 3


@dataclass(frozen=True)
class Sentences:
    """What is said in one language. `locale` is Babel's; `offer` has a place for the pages' `{language}`."""

    locale: str
    offer: str
    fetch_label: str
    stay_label: str
    fetching: str
    # What comes first where somebody may be hurt or in danger, with a place for the `{emergency}` number.
    danger: str

    def offer_for(self, pages: str) -> str:
        """The offer of a person, beside pages in the language of this code."""
        return self.offer.format(language=Locale.parse(self.locale).languages.get(pages, pages))


# By ISO 639-1 code.
SENTENCES: Mapping[str, Sentences] = {
    ENGLISH: Sentences(
        locale="en",
        offer="I am a program and our pages are in {language}; I can fetch a person.",
        fetch_label="Fetch a person",
        stay_label="Keep going here",
        fetching="I am passing you to a person, who sees this whole chat.",
        danger="I am sorry. If anybody is hurt or in danger, call {emergency} first.",
    ),
    "fr": Sentences(
        locale="fr",
        offer="Je suis un programme et nos pages sont en {language} ; je peux appeler une personne.",
        fetch_label="Appeler une personne",
        stay_label="Continuer ici",
        fetching="Je vous passe une personne ; elle voit toute cette conversation.",
        danger="Je suis désolé. Si quelqu'un est blessé ou en danger, appelez d'abord le {emergency}.",
    ),
    "de": Sentences(
        locale="de",
        offer="Ich bin ein Programm, und unsere Seiten sind auf {language}; ich kann einen Menschen holen.",
        fetch_label="Einen Menschen holen",
        stay_label="Hier weitermachen",
        fetching="Ich hole einen Menschen; er sieht diesen ganzen Chat.",
        danger="Das tut mir leid. Wenn jemand verletzt oder in Gefahr ist, rufen Sie zuerst {emergency} an.",
    ),
    "nl": Sentences(
        locale="nl",
        offer="Ik ben een programma en onze pagina's zijn in het {language}; ik kan er een medewerker bij halen.",
        fetch_label="Een medewerker erbij halen",
        stay_label="Hier verdergaan",
        fetching="Ik haal er een medewerker bij, die dit hele gesprek ziet.",
        danger="Wat naar. Is er iemand gewond of in gevaar, bel dan eerst {emergency}.",
    ),
    "es": Sentences(
        locale="es",
        offer="Soy un programa y nuestras páginas están en {language}; puedo avisar a una persona.",
        fetch_label="Avisar a una persona",
        stay_label="Seguir aquí",
        fetching="Aviso a una persona, que verá toda esta conversación.",
        danger="Lo siento. Si alguien está herido o en peligro, llame primero al {emergency}.",
    ),
    "it": Sentences(
        locale="it",
        offer="Sono un programma e le nostre pagine sono in {language}; posso chiamare una persona.",
        fetch_label="Chiamare una persona",
        stay_label="Continuare qui",
        fetching="Chiamo una persona, che vedrà tutta questa conversazione.",
        danger="Mi dispiace. Se qualcuno è ferito o in pericolo, chiami prima il {emergency}.",
    ),
    # Hindi in Latin letters, as it is typed in chats.
    HINDI: Sentences(
        locale="hi_Latn",
        offer="Main ek program hoon aur hamare pages {language} mein hain; main kisi insaan ko bula sakta hoon.",
        fetch_label="Kisi insaan ko bulao",
        stay_label="Yahin jaari rakho",
        fetching="Main ek insaan ko bula raha hoon; woh yeh poori chat dekhenge.",
        danger="Mujhe afsos hai. Agar kisi ko chot lagi hai ya khatra hai, to pehle {emergency} par call karein.",
    ),
    "pt": Sentences(
        locale="pt",
        offer="Sou um programa e as nossas páginas estão em {language}; posso chamar uma pessoa.",
        fetch_label="Chamar uma pessoa",
        stay_label="Continuar aqui",
        fetching="Vou chamar uma pessoa, que verá toda esta conversa.",
        danger="Lamento. Se alguém está ferido ou em perigo, ligue primeiro para o {emergency}.",
    ),
}


def offer_in_their_language(turn: Turn, pages: str) -> EngineMessage | None:
    """The sentence in the shopper's language with a person on offer; None in the pages' own, or when it was said."""
    language = foreign_language(turn, pages)
    if language is None:
        return None
    words = SENTENCES[language]
    sentence = words.offer_for(pages)
    if sentence in said_before(turn):
        return None
    choices = [
        Choice(label=words.fetch_label, payload=FETCH_PERSON),
        Choice(label=words.stay_label, payload=STAY),
    ]
    return EngineMessage(text=sentence, choices=choices)


def fetching_in_their_language(turn: Turn, pages: str, emergency: str = "") -> str | None:
    """That a person is being fetched, in the language the shopper was answered in before; None in the pages' own.

    With an `emergency` number, whom to call first stands before it.
    """
    before = said_before(turn)
    answered_in = (code for code, words in SENTENCES.items() if words.offer_for(pages) in before)
    language = foreign_language(turn, pages) or next(answered_in, None)
    if language is None:
        return None
    words = SENTENCES[language]
    return f"{words.danger.format(emergency=emergency)} {words.fetching}" if emergency else words.fetching


def said_before(turn: Turn) -> frozenset[str]:
    """Every sentence of the assistant in this episode so far."""
    return frozenset(message.text for past in turn.past for message in past.messages if message.text)


def foreign_language(turn: Turn, pages: str) -> str | None:
    """The language of the message when it is surely not the pages' own and one that we have sentences in."""
    language = surely_written(turn)
    return language if language in SENTENCES and language != pages else None


def surely_written(turn: Turn) -> str | None:
    """The code of the language that the message is surely written in; None when there is doubt."""
    if turn.is_hinglish:
        return HINDI
    understanding = turn.understanding
    if understanding is None:
        return None
    enough = len(turn.text.split()) >= ENOUGH_WORDS and understanding.language_confidence >= SURE_LANGUAGE
    return understanding.language if enough else None
