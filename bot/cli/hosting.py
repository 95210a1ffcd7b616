"""What is around the bot while it runs: signals, the health server, the last log lines?"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack

import structlog

from bot.app import serve
from bot.assembly import Core
from bot.ops import health
from bot.ops.logging import install_hooks
from bot.ops.stop import wait_for_stop
from bot.ports import Adapter

log = structlog.get_logger()


async def host(core: Core, adapters: Sequence[Adapter], listen: str | None) -> None:
    """Run the adapters until the process is told to stop.

    Raises StartError when a platform refuses us, ConfigError when `listen` cannot be had.
    """
    install_hooks(asyncio.get_running_loop())
    async with AsyncExitStack() as stack:
        if listen is not None:
            await stack.enter_async_context(health.serve(listen, lambda: core.store.is_open, core.metrics))
        serving = asyncio.create_task(serve(core, adapters))
        stopping = asyncio.create_task(wait_for_stop())
        log.info("started", platforms=[adapter.name for adapter in adapters])
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        serving.cancel()
        stopping.cancel()
        await asyncio.gather(stopping, return_exceptions=True)
        try:
            await serving
        except asyncio.CancelledError:
            log.info("stopped")
