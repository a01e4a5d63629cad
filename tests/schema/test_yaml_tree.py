"""YAML as a tree: what a text means, and what no file may hold."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from guidegen.errors import ProblemsError
from guidegen.schema.yaml_tree import (
    FileKind,
    List,
    Map,
    Node,
    Text,
    find_node,
    parse_tree,
)

STRICT = FileKind(name="answers")
PACK = FileKind(name="pack", max_nodes=1_000, max_depth=20, has_aliases=True)


def plain(node: Node) -> Any:  # noqa: ANN401  # as YAML has it
    """Return a tree as lists, dicts and texts."""
    if isinstance(node, Map):
        return {key.text: plain(child) for key, child in node.entries}
    if isinstance(node, List):
        return [plain(item) for item in node.items]
    return node.text


def problem(text: str, kind: FileKind = PACK) -> tuple[str, int | None]:
    """Return the id of what is wrong with a text, and its line."""
    with pytest.raises(ProblemsError) as caught:
        parse_tree(text, kind)
    (found,) = caught.value.problems
    return found.message, found.line


def test_each_scalar_knows_where_it_stands_and_how_it_is_quoted() -> None:
    text = "a: 'NO'\nb:\n- 0301\n- |\n  two\n  lines\n"

    root = parse_tree(text, STRICT)

    quoted = find_node(root, ["a"])
    plain_one, block = find_node(root, ["b", "0"]), find_node(root, ["b", "1"])
    assert quoted == Text("NO", 1, 3, 7, "'")
    assert plain_one == Text("0301", 3, 13, 17)
    assert isinstance(block, Text)
    assert (block.text, block.style, block.line) == ("two\nlines\n", "|", 4)
    assert find_node(root, ["b", "2"]) is None
    assert find_node(root, ["a", "c"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "a: &x {de: A, en: B}\nb: *x\n",
        "a: &x [1, 2]\nb: [*x, *x]\n",
        "&k key: 1\n*k : 2\nother: 3\n",
        "a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\n",
        "a: &x {k: 1}\nb: &y {k: 2, m: 3}\nc: {<<: [*x, *y], n: 4}\n",
        "a: &x {k: 1}\nb: &y {<<: *x, l: 2}\nc: {<<: *y}\n",
        'a: {"<<": 1}\n',
    ],
)
def test_aliases_and_merged_maps_mean_what_yaml_means(text: str) -> None:
    if text.startswith("&k"):  # a key that is there twice: the later one wins in YAML
        expected = {"key": "2", "other": "3"}
    else:
        loaded = yaml.load(text, yaml.BaseLoader)  # noqa: S506  # builds only texts
        expected = loaded if "<<" not in text else _merged(text)

    assert plain(parse_tree(text, PACK)) == expected


def _merged(text: str) -> Any:  # noqa: ANN401  # as YAML has it
    def as_text(value: object) -> object:
        if isinstance(value, dict):
            return {key: as_text(child) for key, child in value.items()}
        return str(value)

    return as_text(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: *x\n", ("yaml-alias-unknown", 1)),
        ("a: &x [*x]\n", ("yaml-alias-unknown", 1)),
        ("a: 1\nb: {<<: a}\n", ("yaml-merge", 2)),
        ("a: &x {k: 1}\nb: {<<: [*x, c]}\n", ("yaml-merge", 2)),
        ("a: &x [1]\n*x : 2\n", ("yaml-key", 2)),
        ("a: 1\n---\nb: 2\n", ("yaml-several-documents", 2)),
        ("a: !!python/name:os.system x\n", ("yaml-tag", 1)),
        ("a: !thing {b: 1}\n", ("yaml-tag", 1)),
        ("# only a comment\n", ("pack-empty-file", None)),
        ("~\n", ("pack-empty-file", None)),
    ],
)
def test_what_means_nothing_is_named_with_its_line(
    text: str, expected: tuple[str, int | None]
) -> None:
    assert problem(text) == expected


@pytest.mark.parametrize("text", ["a: &x 1\n", "a: *x\n", "a: &x {b: 1}\n"])
def test_where_no_aliases_are_allowed_they_are_refused(text: str) -> None:
    assert problem(text, STRICT) == ("yaml-alias", 1)


def test_a_few_aliases_of_aliases_cannot_swell_a_file() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]

    message, line = problem("\n".join(lines))

    assert message == "pack-too-deep"
    assert line is not None
    assert line <= 4


@pytest.mark.parametrize("text", ["[" * 5_000, "- " * 5_000, "{a: " * 5_000])
def test_no_nesting_exhausts_the_stack(text: str) -> None:
    assert problem(text) == ("pack-too-deep", 1)


def test_a_file_of_too_many_entries_is_refused() -> None:
    assert problem("- a\n" * 1_000)[0] == "pack-too-deep"
    assert len(plain(parse_tree("- a\n" * 900, PACK))) == 900
