"""What does a small bot on python-telegram-bot do?  The client with which the bed is tried."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.beds.telegram import Shown, TelegramBed

SECRET = "the private words"
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
Context = ContextTypes.DEFAULT_TYPE


async def on_help(update: Update, context: Context) -> None:
    """Answer /help: ephemerally when it came so, else in the private chat."""
    assert update.message is not None
    assert update.message.from_user is not None
    ephemeral = update.message.api_kwargs.get("ephemeral_message_id")
    chat, person = update.message.chat.id, update.message.from_user.id
    if ephemeral is None:
        await context.bot.send_message(person, SECRET, reply_markup=KEYBOARD)
        return
    await context.bot.send_message(
        chat,
        SECRET,
        reply_markup=KEYBOARD,
        api_kwargs={
            "ephemeral_message_parameters": {"receiver_user_id": person},
            "reply_parameters": {"ephemeral_message_id": ephemeral},
        },
    )


async def on_press(update: Update, context: Context) -> None:
    """Edit in place and answer."""
    query = update.callback_query
    assert query is not None
    await query.edit_message_text("more words")
    await query.answer("Done.", show_alert=True)


async def on_text(update: Update, context: Context) -> None:
    """Count in public."""
    assert update.message is not None
    await update.message.reply_text(f"heard {update.message.text}")


@asynccontextmanager
async def ptb(bed: TelegramBed) -> AsyncIterator[Application]:  # type: ignore[type-arg]  # six unused ones
    """Run a small application on the bed's address; the rest is as PTB makes it."""
    builder = ApplicationBuilder().token(bed.token).base_url(f"{bed.url}/bot").read_timeout(0.5)
    app = builder.get_updates_read_timeout(0.5).build()
    app.add_handler(CommandHandler("help", on_help))
    app.add_handler(CallbackQueryHandler(on_press))
    app.add_handler(MessageHandler(filters.TEXT & filters.UpdateType.MESSAGE, on_text))
    async with app:
        assert app.updater is not None
        await app.updater.start_polling(
            poll_interval=0, timeout=timedelta(seconds=1), error_callback=lambda _: None
        )
        await app.start()
        await bed.ready()
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()
    assert bed.faults == []


def texts(shown: tuple[Shown, ...]) -> list[str]:
    """Return the words alone."""
    return [s.text for s in shown]
