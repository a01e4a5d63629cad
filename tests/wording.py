"""What an error says, in English: errors carry ids, and the edge finds the words."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Generic, TypeVar

import pytest

from guidegen.errors import GuidegenError, Problem
from guidegen.messages import load_messages

MESSAGES = load_messages()
"""Read before any test puts other ones in their place."""

E = TypeVar("E", bound=GuidegenError)


def text_of(error: GuidegenError, language: str = "en") -> str:
    """Return what happened, each problem on a line."""
    return "\n".join(_said(problem, language) for problem in error.problems)


def located(error: GuidegenError) -> list[str]:
    """Return each problem in one line: file, line, key, and what is wrong."""
    return [
        ": ".join(
            str(part)
            for part in (
                ":".join(str(each) for each in (problem.path, problem.line) if each),
                problem.values.get("key"),
                _said(problem, "en"),
            )
            if part
        )
        for problem in error.problems
    ]


def hint_of(error: GuidegenError, language: str = "en") -> str | None:
    """Return what to do about an error's first problem."""
    problem = error.problem
    message = problem.hint or f"{problem.message}-hint"
    text = MESSAGES.get(message)
    return _filled(text.get(language), problem, language) if text else None


def _said(problem: Problem, language: str) -> str:
    text = _filled(MESSAGES[problem.message].get(language), problem, language)
    return f"{text} ({problem.detail})" if problem.detail else text


def _filled(text: str, problem: Problem, language: str) -> str:
    values = {
        name: _said(value, language) if isinstance(value, Problem) else value
        for name, value in problem.values.items()
    }
    return text.format_map(_Values(values))


class _Values(dict[str, object]):
    """What fills the placeholders; a command such as `{guidegen build}` is itself."""

    def __missing__(self, name: str) -> str:
        program, _, rest = name.partition(" ")
        if (
            program == "install"
        ):  # of the installer that was used, which tests do not know
            return f"install {self.get(rest, rest)}"
        assert program == "guidegen", name
        return name


class raises(Generic[E]):  # noqa: N801  # it reads like pytest's own
    """Expect an error whose English words match."""

    def __init__(self, kind: type[E], *, match: str) -> None:
        self._expected = pytest.raises(kind)
        self._match = match

    def __enter__(self) -> pytest.ExceptionInfo[E]:
        self._caught = self._expected.__enter__()
        return self._caught

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not self._expected.__exit__(kind, error, trace):
            return False
        said = "\n".join((*located(self._caught.value), str(self._caught.value)))
        assert re.search(self._match, said), f"{self._match!r} is not in {said!r}"
        return True
