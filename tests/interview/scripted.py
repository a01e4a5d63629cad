"""A prompter that answers from a script, for tests."""

from __future__ import annotations

from dataclasses import dataclass, field

from guidegen.interview import Back, Prompt, RawAnswer

BACK, STOP, DEFAULT, MISSING = object(), object(), object(), object()


@dataclass
class ScriptedPrompter:
    """Gives one answer after the other.

    `BACK` goes back, `STOP` stops as Ctrl-C does, `DEFAULT` takes the suggestion. When
    the script is used up, suggestions are taken. An answer that does not fit fails.
    """

    script: list[object] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Remember what was told."""
        self.said.append(text)

    def ask(self, prompt: Prompt) -> RawAnswer:
        """Give the next answer."""
        self.prompts.append(prompt)
        answer = self.script.pop(0) if self.script else DEFAULT
        if answer is BACK:
            raise Back
        if answer is STOP:
            raise KeyboardInterrupt
        raw = prompt.default if answer is DEFAULT else answer
        assert raw is None or isinstance(raw, (str, bool, list))
        complaint = prompt.check(raw)
        assert complaint is None, f"{prompt.text}: {raw!r}: {complaint}"
        return raw
