"""Which chat and topic does a Place name?  "<chat>", and in a forum "<chat>:<topic>"."""

from bot.model import Place


def place_id(chat: int, topic: int | None) -> str:
    """Return the id of a place."""
    return f"{chat}:{topic}" if topic else str(chat)


def chat_of(place: Place) -> int:
    """Return the chat's id."""
    return int(place.id.partition(":")[0])


def topic_of(place: Place) -> int | None:
    """Return the topic's id, which Telegram calls `message_thread_id`; None outside of forums."""
    topic = place.id.partition(":")[2]
    return int(topic) if topic else None
