"""The guide in Telegram, tested over HTTP against a Bot API of our own."""
