"""What of the memory may reach the disk when the process dies?  Nothing: texts and ids are in it."""

from contextlib import suppress


def forbid_core_dumps() -> None:
    """Let no core dump be written, where the system has such a limit."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
