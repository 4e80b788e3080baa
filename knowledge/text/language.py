"""Which language a message is in."""

from __future__ import annotations

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

UNKNOWN = "und"
# Below this many letters even a person can only guess.
FEWEST_LETTERS = 12
SURE_FROM = 0.5
# … and the shop's own language must be this unlikely.
HOME_AT_MOST = 0.2


class LanguageReader:
    """Tells apart the languages that shoppers here may write, by their ISO 639-1 codes; the first is the shop's."""

    def __init__(self, codes: list[str]) -> None:
        self._home = codes[0]
        self._detector = _detector(codes)

    def read(self, text: str) -> tuple[str, float]:
        """(code, confidence). Short and doubtful messages count as the shop's own language, with low confidence."""
        letters = sum(char.isalpha() for char in text)
        if not letters:
            return UNKNOWN, 0.0
        if self._detector is None:
            return self._home, 1.0
        values = self._detector.compute_language_confidence_values(text)
        if not values:
            return UNKNOWN, 0.0
        code, confidence = values[0].language.iso_code_639_1.name.lower(), float(values[0].value)
        home = next((float(v.value) for v in values if v.language.iso_code_639_1.name.lower() == self._home), 0.0)
        doubtful = letters < FEWEST_LETTERS or confidence < SURE_FROM or home > HOME_AT_MOST
        if code != self._home and doubtful:
            return self._home, round(min(0.5, 1.0 - confidence), 3)
        return code, confidence


def _detector(codes: list[str]) -> LanguageDetector | None:
    if len(codes) < 2:
        return None
    languages = [Language.from_iso_code_639_1(getattr(IsoCode639_1, code.upper())) for code in codes]
    # The low-accuracy mode saves 190 MB and reads “is it waterproof” as Dutch.
    return LanguageDetectorBuilder.from_languages(*languages).with_preloaded_language_models().build()
