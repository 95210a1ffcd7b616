"""How are the parts of the core put together?"""

from pathlib import Path

from bot import content, detection
from bot.app import Core, database_watch
from bot.cli.context import MESSAGES
from bot.config import Defaults
from bot.guide import Guide
from bot.ops.metrics import Metrics
from bot.privacy import Pseudonyms, Sealer, load_secret
from bot.storage import Store


def core(defaults: Defaults, storage_url: str, folder: Path, secret_file: Path) -> Core:
    """Load the words and the triggers and make the core; connects to nothing.

    Raises ContentError or ConfigError with one line.
    """
    secret, metrics = load_secret(secret_file), Metrics()
    return Core(
        guide=Guide(content.load(MESSAGES), default_locale=defaults.language),
        detector=detection.load(MESSAGES),
        store=Store(storage_url, folder, database_watch(metrics)),
        pseudonyms=Pseudonyms(secret),
        sealer=Sealer(secret),
        metrics=metrics,
        defaults=defaults,
    )
