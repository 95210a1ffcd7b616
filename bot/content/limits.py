"""How long may what we say be, so that every platform can carry it?

A platform's own limits, all counted after its markup is taken away:

- Discord, Components V2: 4,000 characters a message, 40 components (each text, button and row of buttons
  is one), 5 buttons a row, 80 characters a label, 100 a button id, 512 a link.
- Telegram: 4,096 characters a message, 100 formatted stretches ("entities"), 64 bytes a button id.

Ours are tighter, because adapters number steps and set labels, and because a phone is small.
"""

TEXT = 3_500
PREVIEW = 90
LABEL = 38
DESCRIPTION = 100
ACTIONS = 15
BLOCKS = 24
BUTTONS_A_ROW = 5
COMPONENTS = 40
ENTITIES = 100
LINK = 512

# A menu holds at most 25 options on Discord; one is kept free.
OPTIONS = 24

# A button id is at most 64 bytes. Ours is at its longest `q2:go:<screen>:<locale>:<country>`: once somebody
# has chosen a language or a country, both ride in every button (docs/adr/0008). A country is two letters, a
# part of one `gb-sct`, and any 001; a locale is no longer than `zh-Hant-TW`.
LOCALE = 10
COUNTRY = 6
TICKET = 64 - len("q1:take:")
SCREEN_ID = 64 - len("q2:go:") - len(":") - LOCALE - len(":") - COUNTRY
