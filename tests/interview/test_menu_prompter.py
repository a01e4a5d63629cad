"""The terminal prompter, with keys from a pipe in place of a keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from tests.interview.conftest import PACK

from guidegen.interview import Back, Messages, Option, Prompt, RawAnswer
from guidegen.interview.menu_prompter import MenuPrompter
from guidegen.model.question import Kind

UP, DOWN, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\x1b[B", "\r", "\x03", "\x04"
COLOURS = (
    Option(value="r", label="Rot", hint="Wie Tomaten"),
    Option(value="g", label="Grün"),
    Option(value="b", label="Blau"),
)


def ask(  # noqa: PLR0913  # what a prompt has
    keys: str,
    kind: Kind,
    *,
    default: RawAnswer = None,
    options: tuple[Option, ...] = (),
    optional: bool = False,
    known: bool = False,
    check: Callable[[RawAnswer], str | None] | None = None,
) -> RawAnswer:
    """Ask a question while somebody types."""

    def is_there(raw: RawAnswer) -> str | None:
        return None if raw not in (None, "", []) or optional else "leer"

    prompt = Prompt(
        head="Frage 1 von 2",
        text="Was?",
        help="Darum.",
        example="Das",
        kind=kind,
        check=check or is_there,
        options=options,
        default=default,
        optional=optional,
        known=known,
    )
    with create_pipe_input() as pipe, create_app_session(pipe, DummyOutput()):
        pipe.send_text(keys)
        messages = Messages(texts=PACK.messages, language="de")
        return MenuPrompter(messages).ask(prompt)


def test_a_text_is_typed() -> None:
    assert ask(f" Antwort {ENTER}", Kind.TEXT) == "Antwort"


def test_enter_takes_the_suggestion_and_an_earlier_answer_can_be_changed() -> None:
    assert ask(ENTER, Kind.TEXT, default="das") == "das"
    assert ask(f"!{ENTER}", Kind.TEXT, default="das", known=True) == "das!"
    keys = "\x7f" * 3 + ENTER
    assert ask(keys, Kind.TEXT, default="das", known=True, optional=True) is None


def test_what_does_not_fit_can_be_mended() -> None:
    def check(raw: RawAnswer) -> str | None:
        return None if raw == "gut" else "schlecht"

    assert ask(f"gu{ENTER}t{ENTER}", Kind.TEXT, check=check) == "gut"


@pytest.mark.slow
def test_a_menu_begins_at_the_suggestion() -> None:
    assert ask(ENTER, Kind.CHOICE, options=COLOURS, default="g") == "g"
    assert ask(f"{DOWN}{ENTER}", Kind.CHOICE, options=COLOURS, default="g") == "b"
    assert ask(ENTER, Kind.CHOICE, options=COLOURS) == "r"


def test_yes_and_no_are_a_menu() -> None:
    assert ask(ENTER, Kind.CONFIRM, default=False) is False
    assert ask(f"{UP}{ENTER}", Kind.CONFIRM, default=False) is True


def test_entries_are_ticked_with_the_space_bar() -> None:
    assert ask(f"{DOWN} {ENTER}", Kind.CHOICES, options=COLOURS, default=["r"]) == [
        "r",
        "g",
    ]
    assert ask(f" {DOWN} {ENTER}", Kind.CHOICES, options=COLOURS, default=["r"]) == [
        "g"
    ]


@pytest.mark.slow
def test_that_nothing_is_ticked_must_be_meant() -> None:
    keys = f"{ENTER} {ENTER}"
    assert ask(keys, Kind.CHOICES, options=COLOURS, optional=True) == ["r"]
    keys = f"{ENTER}{ENTER}"
    assert ask(keys, Kind.CHOICES, options=COLOURS, optional=True) == []


@pytest.mark.slow
@pytest.mark.parametrize("keys", ["\x1b", f"zurück{ENTER}", f"<{ENTER}"])
def test_escape_or_a_word_returns_to_the_question_before(keys: str) -> None:
    with pytest.raises(Back):
        ask(keys, Kind.TEXT)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.CHOICES, Kind.CONFIRM])
def test_escape_leaves_menus_too(kind: Kind) -> None:
    with pytest.raises(Back):
        ask("\x1b", kind, options=COLOURS)


def test_in_quotation_marks_that_word_is_an_answer() -> None:
    assert ask(f'"back"{ENTER}', Kind.TEXT) == "back"


@pytest.mark.parametrize("keys", [CTRL_C, CTRL_D])
def test_control_c_and_the_end_of_input_stop_the_interview(keys: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        ask(keys, Kind.TEXT)


def test_something_can_be_told() -> None:
    with create_pipe_input() as pipe, create_app_session(pipe, DummyOutput()):
        messages = Messages(texts=PACK.messages, language="de")
        MenuPrompter(messages).say("Hallo")


@pytest.mark.parametrize("known", [False, True])
def test_what_is_shown_of_an_answer_is_not_taken_for_it(
    known: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    prompt = Prompt(
        head="",
        text="Klingt das richtig?",
        kind=Kind.TEXT,
        check=lambda raw: None if raw == "die Stadt" else "anders",
        default="die Stadt",
        known=known,
        show=lambda text: f"bei {text}",
    )

    with create_pipe_input() as pipe, create_app_session(pipe, DummyOutput()):
        pipe.send_text(ENTER)
        messages = Messages(texts=PACK.messages, language="de")
        assert MenuPrompter(messages).ask(prompt) == "die Stadt"
