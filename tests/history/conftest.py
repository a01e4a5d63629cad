from __future__ import annotations

from pathlib import Path

import pytest
from tests.history.reading import masked

from guidegen.cli import cli
from guidegen.cli.boundary import run


class Play:
    """Somebody at work on a guideline: days, commands, and what guidegen answers."""

    def __init__(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        self.folder = folder
        self.transcript = ""
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def speak(self, language: str) -> None:
        """Let guidegen speak this language."""
        self._monkeypatch.setenv("GUIDEGEN_LANG", language)

    def day(self, date: str, what: str) -> None:
        """Begin another day."""
        self._monkeypatch.setenv("GUIDEGEN_TODAY", date)
        self.transcript += f"\n## {date}: {what}\n"

    def guidegen(self, *arguments: str, code: int = 0) -> str:
        """Run guidegen as the entry point does; return what it prints."""
        with pytest.raises(SystemExit) as raised:
            run(cli, arguments)
        out, err = self._capsys.readouterr()
        line = " ".join(f'"{a}"' if " " in a else a for a in arguments)
        text = masked(out + err)
        ended = f"[exit {raised.value.code}]\n" if raised.value.code else ""
        self.transcript += f"\n$ guidegen {line}\n{text}{ended}"
        assert raised.value.code == code, self.transcript
        return out + err

    def enter(self) -> None:
        """Go into the project's folder."""
        self._monkeypatch.chdir(self.folder)
        self.transcript += f"\n$ cd {self.folder.name}\n"

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a piece of text, which must be there, in a file of the project."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, text
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
        shown = (f"{old} → {new}" if new else f"{old} →").replace("\n", "\n    ")
        self.transcript += f"\n({name}: {shown})\n"

    def show(self, name: str) -> None:
        """Show a file of the project."""
        text = (self.folder / name).read_text("utf-8")
        self.transcript += f"\n({name}:)\n{text}"

    def delete(self, name: str) -> None:
        """Delete a file of the project."""
        (self.folder / name).unlink()
        self.transcript += f"\n({name} is deleted)\n"


@pytest.fixture
def play(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    own_cache: None,  # noqa: ARG001
) -> Play:
    """Return somebody who has not begun yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return Play(tmp_path / "leitlinie", capsys, monkeypatch)
