"""Everything that can go wrong on purpose, with the exit code each kind ends in.

::

    NarratorError               1 is never raised on purpose: it means a bug
    ├── ConfigError             2   settings, flags, show.toml
    ├── ReadError               4   a source cannot become an article
    │   ├── SourceNotFound          no such file
    │   ├── SourceTooLarge          over the size limit
    │   ├── NotAnArticle            a page or text with no article in it
    │   │   └── ListOfArticles      a page that lists articles
    │   └── FetchFailed             the page could not be had (transient or not)
    ├── ScriptError             8   the script file or its policies are wrong
    ├── SpeakError              16  lines could not become sound
    │   ├── VoiceNotFound           no voice file of that name
    │   ├── EngineNotFound          no engine of that name
    │   ├── EngineUnavailable       the engine lacks something on this machine
    │   ├── LanguageNotSpoken       the engine has no voice for the language
    │   └── SpeechFailed            the engine answered wrongly (transient or not)
    ├── JoinError               32  clips could not become an episode
    │   ├── EncoderMissing          no encoder to run
    │   └── NotAcceptable           the finished episode failed a check
    └── PublishError            64  feed, site or upload
        ├── ShowNotWritable         the show folder cannot be written
        └── FeedInvalid             the feed would break a rule of the podcast world

Exit codes are bits: over a batch they add up to what went wrong anywhere.
"""

from __future__ import annotations

from typing import ClassVar

from narrator.redact import redact


class NarratorError(Exception):
    """A known failure: one line that says what, on what, and what to do next.

    Passwords in addresses and keys of the environment are taken out of its parts at birth, so that no
    message, journal or log has to think of them.

    Attributes:
        message: what happened, without a full stop at the end.
        where: the file, address or line it happened on.
        hint: what to do next, a full sentence.
        transient: trying again later may work.
    """

    exit_code: ClassVar[int] = 1
    stage: ClassVar[str] = "narrator"
    transient: bool = False

    def __init__(
        self,
        message: str,
        *,
        where: str | None = None,
        hint: str | None = None,
        transient: bool | None = None,
    ) -> None:
        self.message = redact(message)
        super().__init__(self.message)
        self.where = redact(where) if where else where
        self.hint = redact(hint) if hint else hint
        if transient is not None:
            self.transient = transient

    def __str__(self) -> str:
        """The failure on one line, whatever line breaks its parts held."""
        said = f"{self.stage}: {f'{self.where}: ' if self.where else ''}{self.message}"
        if self.hint:
            said = f"{said.rstrip('.')}. {self.hint}"
        return " ".join(said.split())

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process with every fact."""
        return _rebuild, (type(self), self.message, dict(self.__dict__))


def _rebuild(kind: type[NarratorError], message: str, facts: dict[str, object]) -> NarratorError:
    error = kind.__new__(kind)
    Exception.__init__(error, message)
    error.__dict__.update(facts)
    return error


class ConfigError(NarratorError):
    """Settings, flags or ``show.toml`` are wrong."""

    exit_code = 2
    stage = "config"


class ReadError(NarratorError):
    """A source cannot become an article."""

    exit_code = 4
    stage = "read"


class SourceNotFound(ReadError):
    """No such file."""


class SourceTooLarge(ReadError):
    """The source is over the size limit."""


class NotAnArticle(ReadError):
    """The page or text holds no article; the message says what was found instead."""


class ListOfArticles(NotAnArticle):
    """The page lists articles and tells none; an archive passes over it."""


class FetchFailed(ReadError):
    """The page could not be had."""


class ScriptError(NarratorError):
    """The script file, or a policy of the script, is wrong."""

    exit_code = 8
    stage = "script"


class SpeakError(NarratorError):
    """Lines could not become sound."""

    exit_code = 16
    stage = "speak"


class VoiceNotFound(SpeakError):
    """No voice file of that name."""


class EngineNotFound(SpeakError):
    """No engine of that name."""


class EngineUnavailable(SpeakError):
    """The engine lacks something on this machine."""


class LanguageNotSpoken(SpeakError):
    """The engine has no voice for the language."""


class SpeechFailed(SpeakError):
    """The engine answered wrongly, or not at all."""


class JoinError(NarratorError):
    """Clips could not become an episode."""

    exit_code = 32
    stage = "join"


class EncoderMissing(JoinError):
    """There is no encoder to run."""


class NotAcceptable(JoinError):
    """The finished episode failed a check, named in the message."""


class PublishError(NarratorError):
    """The feed, the site or an upload failed."""

    exit_code = 64
    stage = "publish"


class ShowNotWritable(PublishError):
    """The show folder cannot be written."""


class FeedInvalid(PublishError):
    """The feed would break a rule of the podcast world."""
