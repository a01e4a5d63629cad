"""From a document's pages to a PDF, by way of Typst."""

from guidegen.pdf.building import build_pdf
from guidegen.pdf.compiling import compile_pdf
from guidegen.pdf.drawing import picture_png
from guidegen.pdf.inputs import PdfInputs, pdf_inputs

__all__ = ["PdfInputs", "build_pdf", "compile_pdf", "pdf_inputs", "picture_png"]
