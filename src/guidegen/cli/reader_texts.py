"""What a release or a withdrawal says to readers: one text in each language.

It comes from an option that may be given once for each language, or somebody is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from guidegen.cli.dialogs import by_language, read_line
from guidegen.cli.shell_quoting import quoted
from guidegen.cli.terminal import problem_text
from guidegen.errors import Problem
from guidegen.interview import RawAnswer
from guidegen.value import Value

LONGEST: Final = 500
"""Characters of a text: readers see it at the top of pages."""


class TextOption(Value):
    """The option that such a text is given with."""

    option: str
    """What is typed, such as `--note`."""
    message: str
    """What the ids of its messages begin with; `-which`, `-language`, `-twice`, `-long`
    and `-missing` follow."""

    def read_all(
        self, given: Iterable[str], languages: Sequence[str], problems: list[Problem]
    ) -> dict[str, str]:
        """Return the texts in the options, by language.

        Args:
            given: Each as TEXT or LANGUAGE=TEXT.
            languages: Those that readers may have, the front page's first.
            problems: Problems are added here.
        """
        texts: dict[str, str] = {}
        for each in given:
            named, text = by_language(each)
            # Guessing the language would show a text to readers who cannot read it.
            if named is None and len(languages) > 1:
                problems.append(
                    self._problem(f"{self.message}-which", language=languages[0])
                )
                continue
            language = named or languages[0]
            if language not in languages:
                known = ", ".join(languages)
                problem = self._problem(
                    f"{self.message}-language", language=language, known=known
                )
                problems.append(problem)
            elif language in texts:
                problems.append(
                    self._problem(f"{self.message}-twice", language=language)
                )
            else:
                # Even a wrong text counts as given, so that it is not reported as
                # missing as well.
                texts[language] = self.read(text, problems) or ""
        return texts

    def read(self, text: str, problems: list[Problem]) -> str | None:
        """Return a text as one line; None if it is wrong, adding the problem."""
        line = read_line(text, self.option, problems)
        if line is not None and len(line) > LONGEST:
            problems.append(
                self._problem(f"{self.message}-long", length=len(line), limit=LONGEST)
            )
            return None
        return line

    def check(self, raw: RawAnswer) -> str | None:
        """Return what is wrong with a text that somebody has typed when asked."""
        problems: list[Problem] = []
        self.read(str(raw or ""), problems)
        return without_option(problems)

    def missing(
        self, texts: Mapping[str, str], languages: Sequence[str]
    ) -> tuple[Problem, ...]:
        """Return a problem for each language that has no text."""
        return tuple(
            self._problem(
                f"{self.message}-missing",
                language=language,
                example=quoted(["…" if len(languages) == 1 else f"{language}=…"]),
            )
            for language in languages
            if language not in texts
        )

    def _problem(self, message: str, **values: object) -> Problem:
        return Problem(message=message, values={**values, "key": self.option})


def without_option(problems: Sequence[Problem]) -> str | None:
    """Return what is wrong for somebody who has typed no option."""
    if not problems:
        return None
    problem = problems[0]
    values = {name: text for name, text in problem.values.items() if name != "key"}
    return problem_text(Problem(message=problem.message, values=values))
