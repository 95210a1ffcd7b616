"""How is the bot watched, stopped and kept quiet?  Logs, metrics, health, signals."""
