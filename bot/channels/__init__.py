"""The ways to meet the guide. A channel carries words in and out; nothing is decided here."""
