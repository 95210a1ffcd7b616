"""What did the operator choose for Telegram?  The `telegram` section of the config file."""

import re

from pydantic import PositiveInt, SecretStr, field_validator

from bot.ports import PlatformSection


class Section(PlatformSection, hide_input_in_errors=True):
    """The token, where the Bot API server is (None: Telegram's own), and how fast it is asked.

    `/bot<token>/<method>` is appended to `api_base_url`.
    """

    token: SecretStr
    api_base_url: str | None = None
    # Telegram takes about 30: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    requests_per_second: PositiveInt = 25

    @field_validator("token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr) -> SecretStr:
        # The token becomes part of a URL: a stray newline or quote would fail there, with a worse message.
        if not re.fullmatch(r"\d+:[\w-]+", token.get_secret_value(), re.ASCII):
            raise ValueError("is no bot token; copy it from @BotFather, it looks like 123456789:AbC-dEf")
        return token

    @field_validator("api_base_url")
    @classmethod
    def _is_a_web_address(cls, url: str | None) -> str | None:
        if url is not None and not re.fullmatch(r"https?://[^\s{}]+", url):
            raise ValueError("must be a web address, such as http://localhost:8081")
        return url
