"""The guide in a browser, and for other programs over HTTP. As every channel, it carries words in and out; nothing is decided here."""
