"""Article → Script: what will be said, by which role, with which silence after it."""

from narrator.script.document import write_document
from narrator.script.exports import explain, script_as_json, script_as_ssml, script_as_text
from narrator.script.parse import Document, is_document, read_document
from narrator.script.write import write_script

__all__ = [
    "Document",
    "explain",
    "is_document",
    "read_document",
    "script_as_json",
    "script_as_ssml",
    "script_as_text",
    "write_document",
    "write_script",
]
