"""Does help arrive once, however often the bot is killed?  `make soak`; a short run is among the tests."""
