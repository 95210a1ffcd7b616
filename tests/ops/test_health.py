"""Can a supervisor and Prometheus see how the bot is, and nobody see who it helped?"""

import asyncio
import socket

import aiohttp
import pytest

from bot.errors import ConfigError
from bot.ops.health import Heartbeat, serve
from bot.ops.metrics import Metrics


async def get(address: str, path: str) -> tuple[int, str, str]:
    async with aiohttp.ClientSession() as client, client.get(f"http://{address}{path}") as response:
        return response.status, response.content_type, await response.text()


async def test_health_readiness_and_metrics_are_served() -> None:
    ready, metrics = asyncio.Event(), Metrics()
    async with serve("127.0.0.1:0", ready.is_set, metrics) as address:
        assert (await get(address, "/healthz"))[0] == 200
        assert (await get(address, "/readyz"))[0] == 503
        ready.set()
        assert (await get(address, "/readyz"))[0] == 200
        metrics.message("discord")
        status, kind, text = await get(address, "/metrics")
        assert (status, kind) == (200, "text/plain")
        assert 'quietline_messages_seen_total{platform="discord"} 1.0' in text
        assert (await get(address, "/"))[0] == 404


async def test_a_port_alone_is_served_on_loopback() -> None:
    async with serve("0", lambda: True, Metrics()) as address:
        assert address.startswith("127.0.0.1:")


async def test_after_the_body_nothing_listens_and_nothing_runs() -> None:
    before = asyncio.all_tasks()
    async with serve("127.0.0.1:0", lambda: True, Metrics()) as address:
        pass
    with pytest.raises(aiohttp.ClientConnectorError):
        await get(address, "/healthz")
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before


async def enter(listen: str) -> None:
    async with serve(listen, lambda: True, Metrics()):
        pass


async def test_a_port_in_use_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            ConfigError, match=rf"^ops\.listen: cannot listen on 127\.0\.0\.1:{port} \(.+\); name another"
        ):
            await enter(f"127.0.0.1:{port}")


@pytest.mark.parametrize(
    "listen", ["", "localhost", "localhost:http", "127.0.0.1:70000", "127.0.0.1:", "1:-1"]
)
async def test_an_address_without_a_port_is_told(listen: str) -> None:
    with pytest.raises(ConfigError, match=r"^ops\.listen: no port in it; write host:port"):
        await enter(listen)


def test_the_loop_counts_as_stalled_after_ten_seconds_and_its_lag_is_measured() -> None:
    now, metrics = 100.0, Metrics()
    heartbeat = Heartbeat(metrics, lambda: now)
    now = 109.9
    assert heartbeat.alive
    now = 110.0
    assert not heartbeat.alive
    heartbeat.tick()
    assert heartbeat.alive
    assert "quietline_event_loop_lag_seconds_sum 9.0" in metrics.render().decode()


def test_every_metric_is_counted_under_its_labels() -> None:
    metrics = Metrics()
    metrics.match("telegram", "sextortion")
    metrics.help_request("telegram", "sextortion", "command")
    metrics.delivery("telegram", "direct", "delivered")
    metrics.delivery("telegram", "direct", "delivered")
    metrics.storage_failure()
    text = metrics.render().decode()
    assert 'quietline_matches_total{platform="telegram",topic="sextortion"} 1.0' in text
    assert (
        'quietline_help_requests_total{platform="telegram",surface="command",topic="sextortion"} 1.0' in text
    )
    assert 'quietline_deliveries_total{outcome="delivered",platform="telegram",route="direct"} 2.0' in text
    assert "quietline_storage_failures_total 1.0" in text
    assert "quietline_build_info{" in text


def test_two_bots_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.storage_failure()
    assert "quietline_storage_failures_total 0.0" in other.render().decode()
