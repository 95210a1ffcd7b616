"""How are the parts of the core put together?"""

from datetime import UTC, datetime
from pathlib import Path

from bot import content, detection
from bot.app import database_watch
from bot.assembly import Core
from bot.cli.context import MESSAGES
from bot.cli.topics import topic_faults
from bot.config import Defaults
from bot.errors import ContentError
from bot.guide import Guide
from bot.ops.metrics import Metrics
from bot.phrases import Phrases
from bot.privacy import Pseudonyms, Sealer
from bot.secretfile import load_secrets
from bot.storage import Store


def core(defaults: Defaults, storage_url: str, folder: Path, secret_file: Path) -> Core:
    """Load the words and the triggers and make the core; connects to nothing.

    Raises ContentError or ConfigError with one line.
    """
    secrets, metrics = load_secrets(secret_file), Metrics()
    words, detector = content.load(MESSAGES), detection.load(MESSAGES)
    for fault in topic_faults(MESSAGES, words):
        raise ContentError(fault)
    store, pseudonyms = Store(storage_url, folder, database_watch(metrics)), Pseudonyms(*secrets)
    return Core(
        guide=Guide(words, default_locale=defaults.language, now=lambda: datetime.now(UTC)),
        detector=detector,
        phrases=Phrases(detector, store, pseudonyms),
        store=store,
        pseudonyms=pseudonyms,
        sealer=Sealer(*secrets),
        metrics=metrics,
        defaults=defaults,
    )
