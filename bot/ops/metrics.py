"""What has the bot done, in numbers that name nobody?"""

from importlib.metadata import PackageNotFoundError, version
from platform import python_version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest

_LAGS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """Counters for Prometheus, each beginning with `quietline_`.

    Labels come from our own files and code: platforms, topics, roads, outcomes. None may hold a person,
    a place, a community or anything a person wrote.
    """

    __slots__ = (
        "_breakers",
        "_deliveries",
        "_failures",
        "_floods",
        "_lag",
        "_matches",
        "_oldest",
        "_pending",
        "_promises",
        "_raids",
        "_registry",
        "_requests",
        "_seen",
    )

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._seen = self._counter("messages_seen", "Messages judged", "platform")
        self._matches = self._counter("matches", "Messages in which a trigger fired", "platform", "topic")
        self._requests = self._counter("help_requests", "Help asked for", "platform", "topic", "surface")
        self._deliveries = self._counter("deliveries", "Attempts to send", "platform", "route", "outcome")
        self._promises = self._counter("promises", "Offers that came to an end", "platform", "outcome")
        self._raids = self._counter("raids", "Times a community went to shadow for a raid", "platform")
        self._floods = self._counter("floods", "What was left unanswered as a flood", "platform")
        self._pending = self._gauge("outbox_pending", "Offers on their way", "platform")
        self._oldest = self._gauge("outbox_overdue_seconds", "How long the first has been due", "platform")
        self._breakers = self._gauge("breaker_open", "Roads closed by a platform", "platform", "route")
        self._failures = self._counter("storage_failures", "Times the database was lost")
        self._lag = Histogram(
            "quietline_event_loop_lag_seconds",
            "How late the event loop runs what is due",
            registry=self._registry,
            buckets=_LAGS,
        )
        build = Info("quietline_build", "Which version runs", registry=self._registry)
        build.info({"version": _version(), "python": python_version()})

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"quietline_{name}", what, labels, registry=self._registry)

    def _gauge(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(f"quietline_{name}", what, labels, registry=self._registry)

    def message(self, platform: str) -> None:
        """Count a message that was judged."""
        self._seen.labels(platform).inc()

    def match(self, platform: str, topic: str) -> None:
        """Count a message in which a trigger fired."""
        self._matches.labels(platform, topic).inc()

    def help_request(self, platform: str, topic: str, surface: str) -> None:
        """Count a command, button or private message; `surface` says which."""
        self._requests.labels(platform, topic, surface).inc()

    def delivery(self, platform: str, route: str, outcome: str) -> None:
        """Count one attempt to send, whatever its outcome."""
        self._deliveries.labels(platform, route, outcome).inc()

    def promise(self, platform: str, outcome: str) -> None:
        """Count an offer that came to its end, whatever that was."""
        self._promises.labels(platform, outcome).inc()

    def raid(self, platform: str) -> None:
        """Count a community that goes to shadow because it is raided."""
        self._raids.labels(platform).inc()

    def flood(self, platform: str) -> None:
        """Count a command, a press or words left unanswered because somebody sends too many."""
        self._floods.labels(platform).inc()

    def outbox(self, platform: str, pending: int, overdue: float) -> None:
        """Record how many offers are on their way, and for how many seconds the first has been due."""
        self._pending.labels(platform).set(pending)
        self._oldest.labels(platform).set(overdue)

    def breaker(self, platform: str, route: str, *, is_open: bool) -> None:
        """Record whether a platform has closed a road; open means that nothing goes through."""
        self._breakers.labels(platform, route).set(is_open)

    def storage_failure(self) -> None:
        """Count one loss of the database, however many calls fail until it is back."""
        self._failures.inc()

    def loop_lag(self, seconds: float) -> None:
        """Record by how much the event loop was late."""
        self._lag.observe(seconds)

    def render(self) -> bytes:
        """Return all of them in Prometheus' text format."""
        return generate_latest(self._registry)


def _version() -> str:
    try:
        return version("quietline")
    except PackageNotFoundError:  # run from a checkout that was not installed
        return "unknown"
