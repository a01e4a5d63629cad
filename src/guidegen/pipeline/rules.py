"""Numbers the rules that are there, and says which are not, or are counted wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from guidegen.compose.pages import without_rules
from guidegen.model.note import Note
from guidegen.render.document import Renderer
from guidegen.render.rules import Gap, RuleGap, rule_gaps, wrong_count
from guidegen.value import Value

_MESSAGES = {
    Gap.ALL: "rule-empty",
    Gap.HEADING: "rule-without-heading",
    Gap.TEXT: "rule-without-text",
}


class Rendered(Value):
    """What renders a language's guideline, and which rules are not all there."""

    renderer: Renderer
    gaps: tuple[RuleGap, ...] = ()


def with_rules_that_are_there(renderer: Renderer, cache: Path | None) -> Rendered:
    """Return a guideline in which only rules that readers see have a number.

    Only the rendered text tells: a section may print nothing for this company.

    Args:
        renderer: The guideline with a number for each section that is a rule.
        cache: Where compiled section templates are kept, if anywhere.

    Raises:
        RenderError: A section's template is wrong.
    """
    guideline = renderer.guideline
    gaps = rule_gaps(guideline, renderer.document)
    gone = {each.section for each in gaps if each.gap is not Gap.TEXT}
    if gone:
        renderer = Renderer(without_rules(guideline, gone), cache=cache)
    return Rendered(renderer=renderer, gaps=gaps)


def rule_notes(rendered: Iterable[Rendered]) -> tuple[Note, ...]:
    """Return a note for each rule that is not all there, and each wrong count."""
    return tuple(note for each in rendered for note in _notes(each))


def _notes(rendered: Rendered) -> Iterator[Note]:
    guideline = rendered.renderer.guideline
    sections = [each for page in guideline.pages for each in page.sections]
    count = sum(each.number is not None for each in sections)
    for gap in rendered.gaps:
        values = {"number": gap.number, "section": gap.section, "count": count}
        yield Note(message=_MESSAGES[gap.gap], values=values, path=gap.path)
    wrong = wrong_count(guideline, rendered.renderer.document)
    if wrong:
        values = {"said": wrong.said, "count": wrong.count}
        yield Note(message="rule-count", values=values, path=wrong.path)
