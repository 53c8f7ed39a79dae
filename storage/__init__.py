"""What is kept: conversations, turns and drafts, in one file or one database; and what caseworkers take out of it."""
