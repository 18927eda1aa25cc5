"""The left column: chats, search, the Trash."""
