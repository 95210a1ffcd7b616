"""Which methods does the server have?"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from tests.beds.telegram.dialects import Dialect
from tests.beds.telegram.methods import callbacks, chats, editing, ephemeral, identity, polling, sending
from tests.beds.telegram.params import Params
from tests.beds.telegram.world import World

Method: TypeAlias = Callable[[World, Params], Awaitable[object]]

_ALWAYS: Mapping[str, Method] = {
    "getMe": identity.get_me,
    "setMyCommands": identity.set_my_commands,
    "getMyCommands": identity.get_my_commands,
    "deleteMyCommands": identity.delete_my_commands,
    "getUpdates": polling.get_updates,
    "setWebhook": polling.set_webhook,
    "deleteWebhook": polling.delete_webhook,
    "getWebhookInfo": polling.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": callbacks.answer_callback_query,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
}
_EPHEMERAL: Mapping[str, Method] = {
    "editEphemeralMessageText": ephemeral.edit_ephemeral_message_text,
    "editEphemeralMessageReplyMarkup": ephemeral.edit_ephemeral_message_reply_markup,
    "deleteEphemeralMessage": ephemeral.delete_ephemeral_message,
}


def methods(dialect: Dialect) -> dict[str, tuple[str, Method]]:
    """Return the proper name and the function of each method, by its name in lower case."""
    known = {**_ALWAYS, **(_EPHEMERAL if dialect.methods else {})}
    return {name.lower(): (name, method) for name, method in known.items()}


def known_to_newer_servers(name: str) -> bool:
    """Tell a method that this server may lack without being asked for nonsense."""
    return name.lower() in {known.lower() for known in _EPHEMERAL}
