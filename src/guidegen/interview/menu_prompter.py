"""Asks with menus and check boxes; the only importer of questionary."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import questionary
from prompt_toolkit.filters import Always, is_done
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import (
    KeyBindings,
    KeyPressEvent,
    merge_key_bindings,
)
from prompt_toolkit.layout import (
    ConditionalContainer,
    FormattedTextControl,
    HSplit,
    Window,
)
from prompt_toolkit.layout.screen import Char
from prompt_toolkit.shortcuts import print_formatted_text
from questionary.prompts.common import InquirerControl

from guidegen.interview.prompter import Back, Messages, Prompt, RawAnswer
from guidegen.interview.summary import listed
from guidegen.model.question import Kind
from guidegen.steering import STEERING, visible
from guidegen.wrap import columns, wrapped

_STYLE = questionary.Style(
    [
        ("qmark", "fg:ansibrightblack"),
        ("question", "bold"),
        ("instruction", "fg:ansibrightblack"),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", "noreverse"),
        ("text", ""),
        ("validation-toolbar", "fg:ansired bold noreverse"),
        ("answer", "bold"),
        ("done", "fg:ansigreen"),
    ]
)
# The arrow keys begin with Esc, too, so prompt_toolkit waits before it takes one for
# Esc: up to a second by default.
_ESCAPE_SECONDS = 0.1
_HINT_LINES = 2
# The library shows control characters itself, as in ^[, but lets through what turns the
# direction of a text. Whatever stands in a menu or is typed goes through this table.
Char.display_mappings |= {
    sign: visible(sign)
    for sign in map(chr, range(0x10000))
    if STEERING.match(sign) and sign not in Char.display_mappings
}
_OTHER = "\0other"
"""The value of the entry that offers to type a name; nobody can type it."""
_CURSOR = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


class _Help(Exception):  # noqa: N818  # a wish, not an error
    """Somebody wants to know how to answer."""


class MenuPrompter:
    """Asks with menus and check boxes.

    Args:
        messages: The messages in the interview's language.
    """

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def say(self, text: str) -> None:
        """Show a text, wrapped to the terminal's width."""
        self._print(("", wrapped(text)))

    def ask(self, prompt: Prompt) -> RawAnswer:
        """Ask until there is an answer that fits; only question and answer stay."""
        while True:
            try:
                raw = self._answer(prompt)
            except _Help:
                self.say(f"\n{self._messages.text('interview-help')}")
            else:
                self._confirm(prompt, raw)
                return raw

    def _answer(self, prompt: Prompt) -> RawAnswer:
        match prompt.kind:
            case Kind.CHOICE | Kind.CONFIRM:
                return self._choice(prompt)
            case Kind.CHOICES:
                return self._choices(prompt)
        return self._text(prompt)

    def _print(self, *parts: tuple[str, str]) -> None:
        shown = [(style, visible(text)) for style, text in parts]
        print_formatted_text(FormattedText(shown), style=_STYLE)

    def _confirm(self, prompt: Prompt, raw: RawAnswer) -> None:
        """Leave the answer as a line where the menu was."""
        answer = self._label(prompt, raw) or self._messages.text("interview-nothing")
        fits = len(prompt.text) + len(answer) + len("✓   ") <= columns()
        between = "  " if fits else "\n  "
        answer = answer if fits else wrapped(f"  {answer}").strip(" ")
        self._print(
            ("class:done", "✓ "),
            ("", wrapped(f"  {prompt.text}").strip()),
            ("class:answer", f"{between}{answer}"),
        )

    def _around(self, prompt: Prompt, *how: str) -> dict[str, Any]:
        """Return what all kinds of questions have in common."""
        lines = [wrapped(f"  {prompt.help}")] if prompt.help else []
        instruction = " · ".join(part for part in how if part)
        lines += [wrapped(f"  {instruction}")] if instruction else []
        head = f"{prompt.head} ·" if prompt.head else ""
        # The library does not break lines, and puts a space around the question.
        question = wrapped(f"{head} {prompt.text}", reserved=1)[len(head) :].strip()
        return {
            "message": question,
            "qmark": f"\n{head}",
            "instruction": "".join(f"\n{line}" for line in lines),
            "style": _STYLE,
            # `_confirm` prints question and answer instead of the whole menu.
            "erase_when_done": True,
        }

    def _label(self, prompt: Prompt, raw: RawAnswer) -> str:
        if isinstance(raw, bool):
            return self._messages.yes_or_no(answer=raw)
        labels = {option.value: option.label for option in prompt.options}
        values = raw if isinstance(raw, list) else [raw]
        return listed(
            [
                labels.get(str(value), prompt.show(prompt.complete(str(value))))
                for value in values
                if value
            ]
        )

    def _choice(self, prompt: Prompt) -> RawAnswer:
        """Show a menu; yes and no are one, too."""
        confirm = prompt.kind is Kind.CONFIRM
        choices = [
            questionary.Choice(option.label, option.value) for option in prompt.options
        ] or [
            questionary.Choice(self._messages.text("interview-yes"), "yes"),
            questionary.Choice(self._messages.text("interview-no"), "no"),
        ]
        default = ("yes" if prompt.default else "no") if confirm else prompt.default
        values = {choice.value for choice in choices}
        picked = self._run(
            questionary.select(
                choices=choices,
                default=str(default) if default in values else None,
                **self._around(prompt, self._messages.text("interview-keys-choice")),
            )
        )
        return picked == "yes" if confirm else str(picked)

    def _choices(self, prompt: Prompt) -> RawAnswer:
        chosen = prompt.default if isinstance(prompt.default, list) else []
        choices = [
            questionary.Choice(
                option.label, option.value, checked=option.value in chosen
            )
            for option in prompt.options
        ]
        if prompt.other:
            choices.append(questionary.Choice(prompt.other, _OTHER))
        question = questionary.checkbox(
            choices=choices,
            validate=_ChoicesCheck(
                prompt, self._messages.text("interview-choose-none")
            ),
            show_description=False,
            **self._around(prompt, self._messages.text("interview-keys-choices")),
        )
        picked = [str(value) for value in self._run(_with_hints(question, prompt))]
        if _OTHER not in picked:
            return picked
        picked.remove(_OTHER)
        return [*picked, self._named(prompt, picked)]

    def _named(self, prompt: Prompt, picked: list[str]) -> str:
        """Return a name that is typed because it is not on the list."""
        name = replace(
            prompt,
            text=self._messages.text("interview-name"),
            kind=Kind.TEXT,
            help=self._messages.text("interview-name-help"),
            options=(),
            default=None,
            known=False,
            check=lambda raw: prompt.check([*picked, str(raw or "")]),
        )
        return str(self._text(name))

    def _text(self, prompt: Prompt) -> RawAnswer:
        """Let a text be typed; an earlier answer stands there to be changed."""
        default = str(prompt.default or "")
        shown = prompt.show(default)
        # An earlier answer is there to be edited; a suggestion need not be deleted
        # first. What is shown may say more than what is typed.
        editable = shown if prompt.complete(shown) == default else default
        prefilled = editable if prompt.known else ""
        fallback = "" if prompt.known else default
        back, wanted_help = self._messages.back_words(), self._messages.help_words()
        words = back | wanted_help

        def check(typed: str) -> bool | str:
            # A wish to go back or for help is no answer that could be wrong.
            if typed.strip().lower() in words:
                return True
            problem = prompt.check(_unquoted(typed, words) or fallback)
            return wrapped(problem) if problem else True

        typed = str(
            self._run(
                _compact(
                    questionary.text(
                        default=prefilled,
                        validate=check,
                        **self._typed(prompt, fallback),
                    )
                )
            )
        ).strip()
        if typed.lower() in back:
            raise Back
        if typed.lower() in wanted_help:
            raise _Help
        return _unquoted(typed, words) or fallback or None

    def _typed(self, prompt: Prompt, fallback: str) -> dict[str, Any]:
        text = self._messages.text
        example = (
            text("interview-example", text=prompt.example) if prompt.example else ""
        )
        enter = text("interview-enter", text=prompt.show(fallback)) if fallback else ""
        if not fallback and prompt.optional and not prompt.known:
            enter = text("interview-enter-nothing")
        around = self._around(prompt, "" if fallback else example, enter)
        return around | {"instruction": f"{around['instruction']}\n  {_CURSOR}"}

    def _run(self, question: questionary.Question) -> Any:  # noqa: ANN401  # as it is
        """Run a question, with Esc for the question before and F1 for help."""
        application = question.application
        keys = KeyBindings()

        @keys.add("escape")
        def _(event: KeyPressEvent) -> None:
            event.app.exit(exception=Back())

        @keys.add("f1")
        def _(event: KeyPressEvent) -> None:
            event.app.exit(exception=_Help())

        application.key_bindings = merge_key_bindings(
            [each for each in (application.key_bindings, keys) if each is not None]
        )
        application.ttimeoutlen = _ESCAPE_SECONDS
        application.timeoutlen = _ESCAPE_SECONDS
        try:
            # `ask` would swallow Ctrl+C and return None.
            return question.unsafe_ask()
        except EOFError:
            # Ctrl+D ends an interview like Ctrl+C.
            raise KeyboardInterrupt from None


class _ChoicesCheck:
    """Checks ticked entries, and asks once more if none is ticked.

    Somebody who presses Enter on an entry may expect that to choose it.
    """

    def __init__(self, prompt: Prompt, warning: str) -> None:
        self.prompt = prompt
        self.warning = warning
        self.warned = False

    def __call__(self, values: list[str]) -> bool | str:
        # A name is checked once it has been typed.
        problem = None if _OTHER in values else self.prompt.check(values)
        if problem is not None or values:
            self.warned = False
            return wrapped(problem) if problem else True
        self.warned, before = True, self.warned
        return before or wrapped(self.warning)


def _with_hints(question: questionary.Question, prompt: Prompt) -> questionary.Question:
    """Show the hint of the entry that is pointed at below the list."""
    hints = {option.value: option.hint or "" for option in prompt.options}
    container = question.application.layout.container
    # questionary has no hook for hints, so its list is looked for in its layout.
    control: Any = next(
        (
            window.content
            for window in question.application.layout.find_all_windows()
            if isinstance(window.content, InquirerControl)
        ),
        None,
    )
    if control is None or not isinstance(container, HSplit) or not any(hints.values()):
        return question

    def hint() -> FormattedText:
        pointed = str(control.get_pointed_at().value)
        position = f"{[*hints].index(pointed) + 1}/{len(hints)}"
        text = wrapped(f"  {position} · {hints[pointed]}")
        return FormattedText([("class:instruction", text)])

    below = Window(FormattedTextControl(hint), height=_HINT_LINES)
    # After the question and the list in the layout that questionary builds.
    container.children.insert(2, ConditionalContainer(below, filter=~is_done))
    return question


def _compact(question: questionary.Question) -> questionary.Question:
    """Show what is wrong right below what was typed, not at the end of the screen."""
    for window in question.application.layout.find_all_windows():
        window.dont_extend_height = Always()
        # The line for validation messages: they may need more than one.
        if window.height == 1:
            window.height = None
            window.wrap_lines = Always()
    return question


def _unquoted(typed: str, words: frozenset[str]) -> str:
    """Return what was typed; in quotation marks, a word like "back" is a text."""
    typed = typed.strip()
    inner = typed.strip('"')
    return inner if inner != typed and inner.lower() in words else typed
