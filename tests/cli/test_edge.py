"""Nothing that is printed steers a terminal or a CI's runner."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable

import click
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guidegen.cli.boundary import run
from guidegen.cli.edge import harmless, steerable
from guidegen.cli.terminal import echo, show_json, styled
from guidegen.steering import STEERING

ATTACK = "\x1b]0;TITLE\x07\x1b[2J\x1b[8m\u202eDLO\x9b31m\x85\u2028\r"
ORDERS = ["::error::x", "  ::set-output name=a::b", "##[add-path]x", "a ##vso[task.x]"]


def _printed(
    action: Callable[[], object], capsys: pytest.CaptureFixture[str]
) -> tuple[str, str]:
    with pytest.raises(SystemExit):
        run(click.Command("test", callback=action), [])
    return capsys.readouterr()


@pytest.mark.parametrize(
    "way",
    [
        print,  # what a library may do
        lambda text: print(text, file=sys.stderr),  # noqa: T201
        lambda text: sys.stdout.writelines([text]),
        lambda text: click.echo(text, color=True),
        lambda text: click.echo(text, err=True, color=True),
        lambda text: echo(styled(text, bold=True)),
        lambda text: logging.StreamHandler().handle(
            logging.LogRecord("x", logging.ERROR, "x", 1, text, None, None)
        ),
    ],
)
def test_no_way_to_print_goes_past_the_edge(
    way: Callable[[str], object], capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = _printed(lambda: way(f"before {ATTACK} after"), capsys)

    printed = out + err
    assert "before" in printed
    assert "after" in printed
    assert not STEERING.search(printed.replace("\x1b[1m", "").replace("\x1b[0m", ""))


def test_an_ascii_stream_is_guarded_too(capsys: pytest.CaptureFixture[str]) -> None:
    sys.stdout.reconfigure(encoding="ascii")  # type: ignore[union-attr]  # pytest's

    out, _ = _printed(lambda: click.echo("a\x9bb"), capsys)

    assert out == "a<U+009B>b\n"


def test_afterwards_the_streams_are_as_they_were(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _printed(lambda: None, capsys)
    sys.stdout.write("\x1b[2J")

    assert capsys.readouterr().out == "\x1b[2J"


def test_a_display_of_ours_may_move_the_cursor(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, _ = _printed(lambda: steerable(sys.stdout).write("\x1b[2K"), capsys)

    assert out == "\x1b[2K"


@pytest.mark.parametrize("order", ORDERS)
def test_a_runner_is_given_no_orders(
    order: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = _printed(lambda: echo(f"Note:\n{order}"), capsys)

    assert order not in out
    assert out.replace(" ", "") == f"Note:\n{order}\n".replace(" ", "")

    out, _ = _printed(lambda: show_json({"a": order}), capsys)
    assert json.loads(out) == {"a": order}
    assert "##[" not in out
    assert "##vso[" not in out


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
@example(ATTACK)
@example("\x1b[31mcolour\x1b[0m \x1b[38;5;1m \x1b[31;8m")
def test_nothing_but_our_own_colours_is_left(text: str) -> None:
    left = harmless(text)

    for ours in ("0", "1", "4", "9", *map(str, range(30, 38))):
        left = left.replace(f"\x1b[{ours}m", "")
    assert not STEERING.search(left)


@pytest.mark.parametrize("text", ["a::b ## C::d\n# ::x", "std::vector", "### Titel"])
def test_ordinary_text_stays(text: str) -> None:
    assert harmless(text) == text
