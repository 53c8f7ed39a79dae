"""The guide in a browser, and for other programs over HTTP: words in and out; nothing is decided here."""
