"""What do the logs say?  Facts about the bot; never a token, a message's text or a person's id, at any level.

Our own events pass with their fields (see `bot.ops.redaction`). Records of libraries pass from WARNING up,
as the unformatted message without its arguments, and where it was logged; below WARNING, also when `level`
is DEBUG, they are not shown at all, because libraries write what they receive into them. Exceptions
are shown without their messages and without source lines.
"""

import asyncio
import logging
import sys
import threading
import warnings
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.errors import ConfigError
from bot.ops.redaction import WITHHELD, Redactor, location, raised, shown, template

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_OURS = ("bot", "adapters", "__main__")
_SPENT = {"event", "exc_info", "stack_info", "positional_args", "_record", "_from_structlog"}
_log = structlog.get_logger(__name__)


def configure(*, level: str, secrets: Sequence[str], stream: TextIO, json: bool | None = None) -> None:
    """Send all logs of the process to `stream`: as JSON lines, or as text when it is a terminal.

    `level` is one of LEVELS, in any case, and holds for our own events; anything else raises ConfigError.
    `secrets` are strings that must not appear whatever happens: the tokens, a database password.
    """
    if level.upper() not in LEVELS:
        raise ConfigError(f"log level: {level!r} is none of {', '.join(LEVELS)}")
    _configure_structlog()
    _configure_standard_library(level.upper(), _formatter(secrets, _as_json(stream, json), stream), stream)


def _as_json(stream: TextIO, json: bool | None) -> bool:
    return not stream.isatty() if json is None else json


def _configure_structlog() -> None:
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _configure_standard_library(level: str, formatter: logging.Formatter, stream: TextIO) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    handler.addFilter(_is_ours_or_grave)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # A record that cannot be formatted would be printed to stderr with all its arguments.
    logging.raiseExceptions = False
    for name in _OURS:
        logging.getLogger(name).setLevel(level)


def _is_ours_or_grave(record: logging.LogRecord) -> bool:
    # Only structlog's wrapper sets `_logger`. A library may lower its logger's level by itself.
    return hasattr(record, "_logger") or record.levelno >= logging.WARNING


def _formatter(secrets: Sequence[str], as_json: bool, stream: TextIO) -> logging.Formatter:
    redact = Redactor(secrets)

    def last(_logger: WrappedLogger, _method: str, line: EventDict | str) -> str:
        return redact(str(line))

    render: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            _allowed,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%SZ", utc=True),
            render,
            last,
        ],
        use_get_message=False,
    )


def _allowed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Build a new event out of what may be shown; nothing else of the old one is kept."""
    record: logging.LogRecord = event["_record"]
    path = record.pathname
    kept: EventDict = {"event": WITHHELD, "level": record.levelname.lower(), "logger": record.name}
    if event["_from_structlog"]:
        kept.update({name: shown(value, path) for name, value in event.items() if name not in _SPENT})
        kept["event"] = shown(event["event"], path)
    else:
        kept["event"] = template(event["event"], path)
        kept["where"] = location(path, record.lineno)
    error = _exception(event.get("exc_info"))
    if error:
        kept["raised"] = raised(error)
    return kept


def _exception(exc_info: object) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    found = exc_info if isinstance(exc_info, tuple) else sys.exc_info() if exc_info else (None, None)
    return found[1] if isinstance(found[1], BaseException) else None


def install_hooks(loop: asyncio.AbstractEventLoop) -> None:
    """Log what Python and `loop` would otherwise print to stderr: stray exceptions and warnings.

    For the rest of the process; call it after `configure`.
    """
    loop.set_exception_handler(_on_loop_error)
    sys.excepthook = _on_exception
    threading.excepthook = lambda args: _log.critical("exception in a thread", exc_info=args.exc_value)
    sys.unraisablehook = lambda args: _log.error("exception in a destructor", exc_info=args.exc_value)
    warnings.showwarning = _on_warning


def _on_exception(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _log.critical("uncaught exception", exc_info=error)


def _on_loop_error(_: asyncio.AbstractEventLoop, context: Mapping[str, object]) -> None:
    # Its message may hold the repr of a callback with all its arguments.
    about = sorted(context.keys() - {"message", "exception"})
    _log.error("exception in the event loop", about=about, exc_info=context.get("exception"))


def _on_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    _log.warning("warning", category=category.__name__, at=location(filename, lineno))
