"""The plain prompter: lines in, lines out."""

from __future__ import annotations

import pytest
from tests.interview.conftest import PACK

from guidegen.interview import Back, Messages, Option, PlainPrompter, Prompt, RawAnswer
from guidegen.model.question import Kind

COLOURS = (
    Option(value="r", label="Rot", hint="Wie Tomaten"),
    Option(value="g", label="Grün", checked=True),
    Option(value="b", label="Blau und mehr"),
)


PLACES = (
    Option(value="GB", label="Vereinigtes Königreich"),
    Option(value="AE", label="Vereinigte Arabische Emirate"),
    Option(value="US", label="USA"),
)


class Desk:
    """Somebody who types lines and reads what is shown."""

    def __init__(self, *lines: str, language: str = "de") -> None:
        self.lines = [*lines]
        self.shown: list[str] = []
        messages = Messages(texts=PACK.messages, language=language)
        self.prompter = PlainPrompter(messages, read=self.read, write=self.shown.append)

    def read(self, prompt: str) -> str:
        """Return the next line."""
        self.shown.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def ask(
        self,
        kind: Kind,
        *,
        default: RawAnswer = None,
        options: tuple[Option, ...] = (),
        optional: bool = False,
        known: bool = False,
    ) -> RawAnswer:
        """Ask a question that wants anything but nothing."""

        def check(raw: RawAnswer) -> str | None:
            return None if raw not in (None, "", []) or optional else "leer"

        return self.prompter.ask(
            Prompt(
                head="Frage 1 von 2",
                text="Was?",
                help="Darum.",
                example="Das",
                kind=kind,
                check=check,
                options=options,
                default=default,
                optional=optional,
                known=known,
            )
        )


def test_a_question_is_a_block_of_text() -> None:
    desk = Desk("Antwort")

    assert desk.ask(Kind.TEXT) == "Antwort"
    assert desk.shown == [
        "",
        "Frage 1 von 2",
        "Was?",
        "Darum.",
        "Zum Beispiel: Das",
        "Ihre Antwort:",
        "> ",
    ]


def test_choices_have_numbers_and_can_be_named() -> None:
    desk = Desk("2")

    assert desk.ask(Kind.CHOICE, options=COLOURS) == "g"
    assert "  1. Rot" in desk.shown
    assert "     Wie Tomaten" in desk.shown
    assert Desk("rot").ask(Kind.CHOICE, options=COLOURS) == "r"
    assert Desk("B").ask(Kind.CHOICE, options=COLOURS) == "b"


def test_several_choices_are_typed_with_commas_or_spaces() -> None:
    assert Desk("3, 1").ask(Kind.CHOICES, options=COLOURS) == ["b", "r"]
    assert Desk("1 1 2").ask(Kind.CHOICES, options=COLOURS) == ["r", "g"]
    assert Desk("blau und mehr").ask(Kind.CHOICES, options=COLOURS) == ["b"]


def test_enter_takes_the_suggestion() -> None:
    desk = Desk("")

    assert desk.ask(Kind.CHOICES, options=COLOURS, default=["g", "b"]) == ["g", "b"]
    assert "Eingabetaste = 2, 3" in desk.shown
    assert Desk("").ask(Kind.TEXT, default="das") == "das"
    assert Desk("").ask(Kind.CONFIRM, default=True) is True
    assert Desk("").ask(Kind.TEXT, optional=True) is None


def test_yes_and_no_are_understood_in_both_languages() -> None:
    assert Desk("ja").ask(Kind.CONFIRM) is True
    assert Desk("Y").ask(Kind.CONFIRM) is True
    desk = Desk("vielleicht", "no")
    assert desk.ask(Kind.CONFIRM, optional=True) is False
    assert "Das geht so nicht: Antworten Sie mit ja oder nein." in desk.shown


def test_what_does_not_fit_is_asked_again_with_the_reason() -> None:
    desk = Desk("9", "1, 9", "", "1")

    assert desk.ask(Kind.CHOICES, options=COLOURS) == ["r"]
    wrong = [line for line in desk.shown if line.startswith("Das geht so nicht")]
    assert wrong == [
        "Das geht so nicht: Tippen Sie die Nummern, mit Komma getrennt.",
        "Das geht so nicht: Tippen Sie die Nummern, mit Komma getrennt.",
        "Das geht so nicht: leer",
    ]


@pytest.mark.parametrize("word", ["zurück", "ZURÜCK", "zurueck", "back", "<"])
def test_a_word_returns_to_the_question_before(word: str) -> None:
    with pytest.raises(Back):
        Desk(word).ask(Kind.TEXT)


def test_in_quotation_marks_that_word_is_an_answer() -> None:
    assert Desk('"back"').ask(Kind.TEXT) == "back"
    assert Desk('"x"').ask(Kind.TEXT) == '"x"'


def test_a_dash_takes_an_earlier_answer_out() -> None:
    desk = Desk("-")

    assert desk.ask(Kind.TEXT, default="alt", optional=True, known=True) is None
    assert "Ihre Antwort (ein - löscht sie):" in desk.shown
    assert Desk("-").ask(Kind.TEXT, default="alt") == "-"


def test_the_end_of_input_stops_the_interview() -> None:
    with pytest.raises(KeyboardInterrupt):
        Desk().ask(Kind.TEXT)


def test_long_texts_are_broken_and_lists_line_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    desk = Desk(language="en")

    desk.prompter.say("• one two three four five\nx")

    assert desk.shown == ["• one two three four\n  five\nx"]


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("1, 3", ["GB", "US"]),
        ("1 3", ["GB", "US"]),
        ("Vereinigtes Königreich, usa", ["GB", "US"]),
        ("vereinigtes", ["GB"]),
        ("gb,us,gb", ["GB", "US"]),
    ],
)
def test_places_are_chosen_by_number_or_by_name(typed: str, values: list[str]) -> None:
    assert Desk(typed).ask(Kind.CHOICES, options=PLACES) == values


@pytest.mark.parametrize("typed", ["Vereinigt", "1, 2", "us, gb", "9", "x", ","])
def test_one_is_chosen_only_if_one_is_named(typed: str) -> None:
    desk = Desk(typed, "usa")

    assert desk.ask(Kind.CHOICE, options=PLACES) == "US"
    assert "Das geht so nicht: Tippen Sie eine Nummer." in desk.shown
