"""Reads, checks, edits and writes the company's answers: `guideline.yml`."""

from guidegen.answers.read import PlainAnswers, check_text, read_answers, read_plain

__all__ = ["PlainAnswers", "check_text", "read_answers", "read_plain"]
