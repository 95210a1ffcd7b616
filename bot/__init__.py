"""The shared core of Quietline: no platform's library is imported here."""
