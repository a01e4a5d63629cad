"""Templates that somebody else wrote see data only, and end."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Template

from guidegen.sandbox import MISTAKES, BudgetError, Readable, Sandbox

TYPES = "().__class__.__base__.__subclasses__()"


class _Foreign:
    """As of MkDocs, Jinja or Python: in no table."""

    name = "foreign"

    def __init__(self) -> None:
        self.written: list[str] = []

    def generated(self, *args: object, **kwargs: object) -> None:
        self.written.append(f"{args} {kwargs}")

    def __getitem__(self, name: str) -> str:
        return name


class _Ours(Readable):
    def __init__(self) -> None:
        self.shown = "shown"

    def method(self) -> str:
        return "run"


def render(source: str, /, **context: object) -> str:
    others = {
        "base.html": "{% block a %}base{% endblock %}",
        "macros.html": "{% macro m() %}m{{ caller() if caller }}{% endmacro %}",
    }
    environment = Sandbox(loader=DictLoader({"it.html": source, **others}))
    return environment.get_template("it.html").render(context)


@pytest.mark.parametrize(
    "source",
    [
        f"{{{{ {TYPES} }}}}",
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ ''['__cla' ~ 'ss__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ [x]|map(attribute='__class__')|list }}",
        "{{ [x]|map('attr', 'name')|list }}",
        "{{ [{'a': x}]|map(attribute='a.written')|join }}",
        "{{ [x]|sort(attribute='written') }}",
        "{{ [x]|selectattr('written')|list }}",
        "{{ [x]|rejectattr('__init__')|list }}",
        "{{ [x]|join(attribute='generated') }}",
        "{{ [x]|max(attribute='written') }}",
        "{{ [x]|unique(attribute='written')|list }}",
        "{{ x.name }}",
        "{{ x['name'] }}",
        "{{ x }}",
        "{{ 'a' ~ x }}",
        "{{ x|string }}",
        "{{ [x]|join }}",
        "{{ x.generated('/tmp/x') }}",
        "{{ x() }}",
        "{{ ours.method() }}",
        "{{ ours.method }}",
        "{{ ours.__init__.__globals__ }}",
        "{{ ours }}",
        "{{ '{0.__class__}'.format(x) }}",
        "{{ '{a.written}'.format_map({'a': x}) }}",
        "{{ '%s' % x }}",
        "{{ '%s'|format(x) }}",
        "{{ 'a'.join([1]) }}",
        "{{ 'a'.encode() }}",
        "{{ 'a'.translate({97: 'b'}) }}",
        "{{ 'a'|center(10**9) }}",
        "{{ lipsum.__globals__ }}",
        "{{ lipsum(1) }}",
        "{{ cycler.__init__ }}",
        "{{ cycler('a').next }}",
        "{{ joiner.__init__.__globals__ }}",
        "{{ namespace.__init__ }}",
        "{{ namespace(a=1).__class__ }}",
        "{{ namespace(a=1)._Namespace__attrs }}",
        "{{ dict.__base__ }}",
        "{{ dict.mro() }}",
        "{{ range.__class__ }}",
        "{{ range(3).__class__ }}",
        "{{ self.__init__ }}",
        "{{ self._TemplateReference__context.environment }}",
        "{{ self['_TemplateReference__context'] }}",
        "{{ self }}",
        "{% block a %}{{ super.__self__ }}{% endblock %}",
        "{% block a %}{{ self.a._context }}{% endblock %}",
        "{% block a %}{{ self.a._stack }}{% endblock %}",
        "{% for i in [1] %}{{ loop._iterator }}{% endfor %}",
        "{% for i in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
        "{% for i in [1] %}{{ loop._undefined }}{% endfor %}",
        "{% for i in [1] %}{{ loop.cycle.__func__ }}{% endfor %}",
        "{% for i in [1] %}{{ loop }}{% endfor %}",
        "{% macro m() %}{% endmacro %}{{ m._func }}",
        "{% macro m() %}{% endmacro %}{{ m._environment }}",
        (
            "{% macro m() %}{{ caller._func.__code__ }}{% endmacro %}"
            "{% call m() %}{% endcall %}"
        ),
        (
            "{% macro m() %}{{ varargs.__class__ }}{{ kwargs.__class__ }}{% endmacro %}"
            "{{ m(1, a=2) }}"
        ),
        "{% import 'macros.html' as m %}{{ m.__loader__ }}",
        "{% import 'macros.html' as m %}{{ m._body_stream }}",
        "{% import 'macros.html' as m %}{{ m.m._func }}",
        "{{ missing.__class__ }}",
        "{{ missing._fail_with_undefined_error }}",
        "{{ missing._undefined_exception }}",
        "{{ none.__class__ }}",
        "{{ true.to_bytes(1) }}",
        "{{ 1.5.hex() }}",
        "{{ {}.update({'a': 1}) }}",
        "{{ {}.pop('a') }}",
        "{{ [].append(1) }}",
        "{% set l = [1] %}{{ l.clear() }}",
        "{{ data.__class__ }}",
        "{{ data.items.__self__ }}",
        "{{ ('a',).__add__ }}",
        "{% include '/etc/passwd' %}",
        "{% include '../it.html' %}",
        "{% include x %}",
        "{% extends x %}",
        "{% import x as y %}",
        "{% from 'macros.html' import __loader__ %}",
        "{% trans %}{% endtrans %}",
        "{% do x.generated() %}",
        "{% debug %}",
        "{{ gettext('a') }}",
        "{{ config }}",
        "{{ environment }}",
        "{{ context.environment }}",
        "{{ [data, data] }}",
        "{{ data }}",
        "{{ data|pprint }}",
        "{{ data|xmlattr }}",
        "{{ [x]|tojson }}",
    ],
)
def test_a_template_reaches_nothing_but_data(source: str) -> None:
    foreign = _Foreign()

    try:
        # What does not exist is printed as nothing.
        printed = render(
            source, x=foreign, ours=_Ours(), data={"a": SimpleNamespace(b=1)}
        )
    except BudgetError:
        raise
    except MISTAKES:
        printed = ""

    assert not printed
    assert not foreign.written


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(10**9) %}{% endfor %}",
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}"
            "{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}"
        ),
        (
            "{% for a in range(9999) %}{% for b in range(9999) if false %}"
            "{% endfor %}{% endfor %}"
        ),
        "{% for a in range(9999) %}{{ range(9999)|list|length }}{% endfor %}",
        (
            "{% for a in range(9999) %}{{ range(9999)|sum if sum }}"
            "{{ range(9999)|map('string')|join|length }}{% endfor %}"
        ),
        "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(1) }}",
        (
            "{% macro m(n) %}{% if n < 60 %}{{ m(n + 1) }}{{ m(n + 1) }}{% endif %}"
            "{% endmacro %}{{ m(1) }}"
        ),
        "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        (
            "{% for a in [1, 2] recursive %}{% if loop.depth < 60 %}{{ loop([1, 2]) }}"
            "{% endif %}{% endfor %}"
        ),
        "{% include 'it.html' %}",
        "{% for a in [1, 2] %}{% include 'it.html' %}{% endfor %}",
        "{% block b %}{{ self.b() }}{{ self.b() }}{% endblock %}",
        "{{ 'a' * 10**9 }}",
        "{{ 'a' * 1000000000 }}",
        "{{ [1] * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        (
            "{% set ns = namespace(a=9) %}{% for i in range(999) %}"
            "{% set ns.a = ns.a * ns.a %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a='a') %}{% for i in range(99) %}"
            "{% set ns.a = ns.a ~ ns.a %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a='a') %}{% for i in range(99) %}"
            "{% set ns.a = ns.a + ns.a %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a='a') %}{% for i in range(99) %}"
            "{% set ns.a = ns.a|replace('a', 'a' ~ ns.a) %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a='a') %}{% for i in range(99) %}"
            "{% set ns.a = [ns.a, ns.a]|join(ns.a) %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a='a') %}{% for i in range(99) %}"
            "{% set ns.a %}{{ ns.a }}{{ ns.a }}{% endset %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a='&') %}{% for i in range(99) %}"
            "{% set ns.a = ns.a|forceescape|urlencode ~ ns.a %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a=[]) %}{% for i in range(99) %}"
            "{% set ns.a = [ns.a, ns.a] %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a=()) %}{% for i in range(99) %}"
            "{% set ns.a = (ns.a, ns.a) %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a={}) %}{% for i in range(99) %}"
            "{% set ns.a = {'a': ns.a, 'b': ns.a} %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a={}) %}{% for i in range(99) %}"
            "{% set ns.a = dict(a=ns.a, b=ns.a) %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a=[1]) %}{% for i in range(99) %}"
            "{% set ns.a = ns.a + ns.a %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(a=[1]) %}{% for i in range(99) %}"
            "{% set ns.a = [*ns.a, *ns.a] %}{% endfor %}"
            "{% set ns.a = [ns.a] %}"
        ),
        "{% for a in range(9999) %}{% for b in range(9999) %}"
        + "a" * 9999
        + "{% endfor %}"
        "{% endfor %}",
        "{% set a %}" + "a" * 100000 + "{% endset %}{% for b in range(9999) %}{{ a }}"
        "{{ a.split('a') }}{% endfor %}",
        "{% set a %}" + "a" * 100000 + "{% endset %}{{ a|list }}",
    ],
)
def test_a_template_ends(source: str) -> None:
    begin = time.monotonic()

    with pytest.raises(MISTAKES):
        render(source)

    assert time.monotonic() - begin < 10


LONG = "{% set a %}" + "ab" * 100_000 + "{% endset %}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [
        "{{ 1.5|round(1000000000, 'floor') }}",
        "{{ 1.5|round(-1000000000, 'ceil') }}",
        LONG + "{% set b %}{{ a }}{{ a }}{{ a }}{{ a }}{% endset %}{{ b.strip(b) }}",
        LONG + "{{ a|trim(a) }}",
        LONG + "{{ a.rfind('c' ~ a) }}",
        LONG + "{{ a.rsplit(a) }}",
        LONG + "{{ a|replace('a', '<')|replace('b', '>')|striptags }}",
        LONG + "{{ a|title }}",
        LONG + "{{ a|wordcount }}",
        LONG + "{{ a.split('b') }}",
        LONG + "{{ a|map('upper')|list|length }}",
        LONG + "{% for i in range(9999) %}{{ a|select('none')|list }}{% endfor %}",
        LONG + "{% for i in range(9999) %}{{ a|sort|first }}{% endfor %}",
        "{{ 'f' * 99 }}",
        "{{ '" + "f" * 99_999 + "'|int(0, 16) * 9 }}",
        (
            "{% set ns = namespace(a=[1]) %}{% for i in range(9999) %}"
            "{% set ns.a = ns.a|map('string') %}{% endfor %}"
            "{% for i in range(9999) %}{% set ns.a = [ns.a] %}{% endfor %}"
        ),
        "{{ a }}" * 40_000,
    ],
)
def test_what_is_small_to_write_is_not_large_to_compute(source: str) -> None:
    begin = time.monotonic()

    with pytest.raises(MISTAKES):
        render(source)

    assert time.monotonic() - begin < 10


@pytest.mark.slow
def test_deep_templates_are_mistakes() -> None:
    for source in (
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ " + "[" * 500 + "]" * 500 + " }}",
        "{{ " + "not " * 5000 + "1 }}",
        "{{ a" + ".a" * 5000 + " }}",
        "{{ 1" + "+1" * 5000 + " }}",
        "{% if 1 %}" * 200 + "{% endif %}" * 200,
        "{% for a in b %}" * 50 + "{% endfor %}" * 50,
    ):
        with pytest.raises(MISTAKES):
            render(source, b=[1])


def _looping(often: int) -> Template:
    source = f"{{% for a in range({often}) %}}{{% endfor %}}"
    return Sandbox(loader=DictLoader({"a": source})).get_template("a")


@pytest.mark.slow
def test_each_rendering_has_the_steps_that_it_needs() -> None:
    template = _looping(2_000)
    for _ in range(500):
        template.render()


@pytest.mark.slow
def test_many_renderings_have_no_more_than_some_together() -> None:
    template = _looping(9_999)
    for _ in range(50):
        template.render()

    with pytest.raises(BudgetError):
        _ = [template.render() for _ in range(50)]

    template.environment.budget.begin()  # type: ignore[attr-defined]
    template.render()


def test_what_templates_need_they_have() -> None:
    source = (
        "{% from 'macros.html' import m %}"
        "{{ m() }} {% call m() %}c{% endcall %} "
        "{% for a, b in data.items() %}{{ loop.index }}{{ a }}{{ b.c }}{% endfor %} "
        "{{ ours.shown }}{{ ours['shown'] }} {{ 'a-b'.split('-')|join('+') }} "
        "{{ [1, 2][0] + 1 }} {{ 'a' + 'b' ~ 1 }} {{ missing|d('d') }} "
        "{{ ['b', 'a']|sort|first }} {{ 'aa'|replace('a', 'b') }} "
        "{{ {'b': 1, 'a': [2]}|tojson }} "
        "{% set ns = namespace(n=1) %}{% set ns.n = ns.n * 2 %}{{ ns.n }}"
    )
    assert (
        render(source, data={"a": SimpleNamespace(c="c")}, ours=_Ours())
        == 'm mc 1ac shownshown a+b 2 ab1 d a bb {"a": [2], "b": 1} 2'
    )
    assert (
        render("{% extends 'base.html' %}{% block a %}{{ super() }}!{% endblock %}")
        == "base!"
    )
