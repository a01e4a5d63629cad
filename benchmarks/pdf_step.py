"""Times the PDF step against a bare compile of the very JSON it hands to Typst."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import typst

from guidegen.answers.read import read_answers
from guidegen.pdf.build import build_pdf
from guidegen.pdf.fonts import font_folders
from guidegen.pdf.nodes import pdf_inputs
from guidegen.pipeline.working_copy import compose_documents

RUNS = 15


def main() -> None:
    """Print the seconds of both, taken in turn with changed texts, as JSON."""
    path = Path(sys.argv[1]) / "guideline.yml"
    original = path.read_text(encoding="utf-8")
    step, bare = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(2 * (RUNS + 2)):
            text = original.replace("Jansen", f"Jansen-{number}")
            if text == original:
                sys.exit("Jansen is not in the sample company's answers any more")
            path.write_text(text, encoding="utf-8")
            answers, pack = read_answers(path)
            document = compose_documents(answers, pack)[0]
            template = pack.folders[0] / "pdf"
            if number % 2:
                begin = time.perf_counter()
                build_pdf(document, template=template, into=folder / "a.pdf")
                step.append(time.perf_counter() - begin)
                continue
            root = folder / str(number)
            shutil.copytree(template, root)
            inputs = pdf_inputs(document)
            for file, asset in inputs.files.items():
                (root / file).parent.mkdir(exist_ok=True)
                (root / file).write_bytes(asset.content)
            values = inputs.sys_inputs()
            begin = time.perf_counter()
            typst.compile(
                str(root / "guideline.typ"),
                output=str(folder / "b.pdf"),
                root=str(root),
                font_paths=[str(path) for path in font_folders()],
                ignore_system_fonts=True,
                sys_inputs=values,
                pdf_standards=["ua-1", "a-2a"],
                timestamp=inputs.timestamp,
            )
            bare.append(time.perf_counter() - begin)
    path.write_text(original, encoding="utf-8")
    print(json.dumps({"step": step[2:], "bare": bare[2:]}))  # for bench.py


if __name__ == "__main__":
    main()
