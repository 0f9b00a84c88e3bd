"""The environment templates run in, and their compiled form in the user's cache folder.

Compiling them takes 35 ms, a twentieth of what a short post takes in all; reading them back takes 2.
The only import site of Jinja2.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from pickle import UnpicklingError

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from narrator.publish.site.kept import kept_folder


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates in files; a damaged file or a full disk is no reason to have no page."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill *bucket* from its file; it stays empty when that is absent, of another version or damaged."""
        try:
            super().load_bytecode(bucket)
        except (OSError, ValueError, TypeError, EOFError, UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if that can be done."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def make_environment(templates: Path) -> Environment:
    """What the templates in the folder *templates* are loaded by and run in."""
    kept = kept_folder("templates")
    return Environment(
        loader=FileSystemLoader(templates),
        bytecode_cache=_Compiled(str(kept)) if kept else None,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
