"""What does an operator say about Discord in the config file?"""

from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator

from bot.ports import PlatformSection


class Section(PlatformSection):
    """The section `discord`. The two URLs replace Discord's own: for proxies and test beds.

    `unasked_…` is with how many people a conversation may be begun unasked in that time.
    """

    token: SecretStr
    api_base_url: str | None = None
    gateway_url: str | None = None
    unasked_per_minute: int = Field(5, ge=0)
    unasked_per_hour: int = Field(100, ge=0)
    unasked_per_day: int = Field(500, ge=0)

    @field_validator("token")
    @classmethod
    def _is_bare(cls, token: SecretStr) -> SecretStr:
        value = token.get_secret_value().strip()
        if not value or not value.isascii() or any(letter.isspace() for letter in value):
            # Covers a pasted "Bot <token>" and a file with more than the token in it.
            raise ValueError("must be the bot's token and nothing else")
        return SecretStr(value)

    @field_validator("api_base_url")
    @classmethod
    def _without_end_slash(cls, url: str | None) -> str | None:
        return url.rstrip("/") if url else None

    @model_validator(mode="after")
    def _has_usable_urls(self) -> Self:
        if self.api_base_url and not self.api_base_url.startswith(("https://", "http://")):
            raise ValueError("api_base_url must start with https:// or http://")
        if self.gateway_url and not self.gateway_url.startswith(("wss://", "ws://")):
            raise ValueError("gateway_url must start with wss:// or ws://")
        return self
