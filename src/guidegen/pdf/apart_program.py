"""The program that typesets for a template of somebody else's: see `apart.py`.

It is started as a file of its own, and imports nothing of guidegen.
"""

import json
import sys
from typing import cast


def main() -> None:
    """Typeset what standard input describes; print how that went, as JSON."""
    asked = json.load(sys.stdin)
    _limit(asked["memory"])
    import typst  # noqa: PLC0415  # within the limit

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=asked["fonts"],
    )
    compiler = typst.Compiler(
        asked["main"],
        root=asked["root"],
        font_paths=fonts,
        package_path=asked["nowhere"],
        package_cache_path=asked["nowhere"],
    )
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf",
            sys_inputs=asked["sys_inputs"],
            pdf_standards=asked["standards"],
            timestamp=asked["timestamp"],
        )
    except typst.TypstError as error:
        json.dump({"message": error.message, "hints": [*error.hints]}, sys.stdout)
        return
    with open(asked["pdf"], "wb") as file:  # noqa: PTH123  # nothing else is imported
        # One file of bytes: only pictures of pages come as a list.
        file.write(cast("bytes", pdf))
    json.dump({"warnings": [warning.message for warning in warnings]}, sys.stdout)


def _limit(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    main()
