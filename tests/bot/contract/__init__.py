"""The same conversations over every channel."""
