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
ACTIONS = 14
BLOCKS = 24
BUTTONS_A_ROW = 5
COMPONENTS = 40
ENTITIES = 100
LINK = 512

# A button id is at most 64 bytes, and ours begin with `q1:go:`.
SCREEN_ID = 58
