"""Asks line by line, for screen readers and simple terminals.

Nothing is overwritten, nothing relies on colour alone, and choices are numbered.
"""

from __future__ import annotations

from collections.abc import Callable

from guidegen.interview.prompter import Back, Messages, Option, Prompt, RawAnswer
from guidegen.model.question import Kind
from guidegen.wrap import wrapped

# Enter keeps an earlier answer, so that taking it out needs a sign of its own.
_CLEAR = "-"


_SHORTEST = 3
"""With how many letters a label may begin instead of being typed as a whole."""


class _Help(Exception):  # noqa: N818  # a wish, not an error
    """Somebody wants to know how to answer."""


class PlainPrompter:
    """Asks line by line.

    Args:
        messages: The messages in the interview's language.
        read: Returns the next line typed after a prompt; raises `EOFError` at the end.
        write: Shows a text.
    """

    def __init__(
        self,
        messages: Messages,
        read: Callable[[str], str],
        write: Callable[[str], None],
    ) -> None:
        self._messages = messages
        self._read = read
        self._write = write

    def say(self, text: str) -> None:
        """Show a text, wrapped to the terminal's width."""
        self._write(wrapped(text))

    def ask(self, prompt: Prompt) -> RawAnswer:
        """Ask until there is an answer that fits."""
        self._introduce(prompt)
        while True:
            try:
                typed = self._line()
            except _Help:
                self.say(self._messages.text("interview-help"))
                self._introduce(prompt)
                continue
            raw = self._understood(typed, prompt)
            # Something was typed that means nothing here: explain how to answer,
            # instead of complaining that there is no answer.
            if raw is None and typed and typed != _CLEAR:
                problem: str | None = self._how(prompt)
            else:
                problem = prompt.check(raw)
            if problem is None:
                return raw
            self.say(self._messages.text("interview-wrong", what=problem))

    def _introduce(self, prompt: Prompt) -> None:
        self._write("")
        if prompt.head:
            self.say(prompt.head)
        self.say(prompt.text)
        if prompt.help:
            self.say(prompt.help)
        for number, option in enumerate(prompt.options, start=1):
            self.say(f"  {number}. {option.label}")
            if option.hint:
                self.say(f"     {option.hint}")
        if prompt.example and not prompt.options:
            self.say(self._messages.text("interview-example", text=prompt.example))
        self.say(self._how(prompt))
        if prompt.default not in (None, "", []):
            default = self._shown(prompt)
            self.say(self._messages.text("interview-enter", text=default))
        elif prompt.optional:
            self.say(self._messages.text("interview-enter-nothing"))

    def _how(self, prompt: Prompt) -> str:
        match prompt.kind:
            case Kind.CHOICES if prompt.other:
                return self._messages.text("interview-type-numbers-or-name")
            case Kind.CHOICES:
                return self._messages.text("interview-type-numbers")
            case Kind.CHOICE:
                return self._messages.text("interview-type-number")
            case Kind.CONFIRM:
                return self._messages.text("interview-yes-or-no")
        if prompt.known and prompt.optional:
            return self._messages.text("interview-type-or-clear")
        return self._messages.text("interview-type")

    def _shown(self, prompt: Prompt) -> str:
        default = prompt.default
        if isinstance(default, bool):
            return self._messages.yes_or_no(answer=default)
        if prompt.options:
            values = default if isinstance(default, list) else [default]
            numbers = _numbers(prompt.options)
            return ", ".join(
                str(numbers[str(value)]) for value in values if str(value) in numbers
            )
        return prompt.show(str(default))

    def _line(self) -> str:
        try:
            typed = self._read("> ").strip()
        except EOFError:
            # The end of the input (Ctrl+D, an empty pipe) ends an interview like
            # Ctrl+C.
            raise KeyboardInterrupt from None
        back = self._messages.back_words()
        wanted_help = self._messages.help_words()
        if typed.lower() in back:
            raise Back
        if typed.lower() in wanted_help:
            raise _Help
        # The way to answer with a word that would otherwise mean "back" or "help".
        inner = typed.strip('"').lower()
        if typed[:1] == typed[-1:] == '"' and inner in back | wanted_help:
            return typed.strip('"')
        return typed

    def _understood(  # noqa: PLR0911  # one for each kind
        self, typed: str, prompt: Prompt
    ) -> RawAnswer:
        """Return the answer that was typed; None for none, and for an unclear one."""
        if not typed:
            return prompt.default
        if typed == _CLEAR and prompt.optional:
            return None
        match prompt.kind:
            case Kind.CONFIRM:
                return _YES_NO.get(typed.lower())
            case Kind.CHOICE:
                found = _chosen(typed, prompt.options)
                return found[0] if found and len(found) == 1 else None
            case Kind.CHOICES if prompt.other:
                return _chosen_or_named(typed, prompt.options)
            case Kind.CHOICES:
                return _chosen(typed, prompt.options)
        return typed


_YES_NO = {
    **dict.fromkeys(("j", "ja", "y", "yes"), True),
    **dict.fromkeys(("n", "nein", "no"), False),
}


def _numbers(options: tuple[Option, ...]) -> dict[str, int]:
    return {option.value: number for number, option in enumerate(options, start=1)}


def _chosen_or_named(typed: str, options: tuple[Option, ...]) -> list[str]:
    """Return the values of numbers typed, and as they are the names between commas."""
    found: dict[str, None] = {}
    for part in filter(None, map(str.strip, typed.split(","))):
        found |= dict.fromkeys(_chosen(part, options) or [part])
    return [*found]


def _chosen(typed: str, options: tuple[Option, ...]) -> list[str] | None:
    """Return the values that are meant, None if one is not offered.

    Each is named by its number, value or label, or by how only its label begins;
    commas stand between them, or spaces where no label is meant.
    """
    by_name = {str(number): value for value, number in _numbers(options).items()}
    by_name |= {option.value.lower(): option.value for option in options}
    by_name |= {option.label.lower(): option.value for option in options}
    found: list[str | None] = []
    # The whole line first, since a label may have commas, and several words.
    whole = [typed] if typed.lower() in by_name else typed.split(",")
    for part in filter(None, map(str.strip, whole)):
        value = by_name.get(part.lower()) or _beginning(part, options)
        words = part.lower().split()
        found += [value] if value else [by_name.get(word) for word in words]
    known = [value for value in found if value is not None]
    return list(dict.fromkeys(known)) if len(known) == len(found) else None


def _beginning(start: str, options: tuple[Option, ...]) -> str | None:
    """Return the value of the only label that begins like this."""
    if len(start) < _SHORTEST:
        return None
    found = [each for each in options if each.label.lower().startswith(start.lower())]
    return found[0].value if len(found) == 1 else None
