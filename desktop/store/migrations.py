"""The schema's history: small functions over raw data, one transaction each."""

from collections.abc import Callable, Sequence
from pathlib import Path

import apsw

from desktop.core.errors import AppError, ErrorCode
from desktop.store import backup
from desktop.store.connection import transaction

APPLICATION_ID = 0x46495245  # "FIRE", in the file's header; tells our files from others

Migration = Callable[[apsw.Connection], None]

_SCHEMA_1 = """
CREATE TABLE chat (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    created REAL NOT NULL,
    updated REAL NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0,
    trashed REAL,
    model TEXT NOT NULL DEFAULT '',
    options TEXT NOT NULL DEFAULT '{}',
    leaf INTEGER,
    FOREIGN KEY (id, leaf) REFERENCES node (chat, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX chat_order ON chat (pinned DESC, updated DESC, id DESC) WHERE trashed IS NULL;
CREATE INDEX chat_trash ON chat (trashed DESC, id DESC) WHERE trashed IS NOT NULL;

CREATE TABLE node (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
    parent INTEGER CHECK (parent < id),
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    model TEXT NOT NULL DEFAULT '',
    created REAL NOT NULL,
    usage TEXT,
    error TEXT NOT NULL DEFAULT '',
    reasoning TEXT NOT NULL DEFAULT '',
    content TEXT NOT NULL,
    UNIQUE (chat, id),
    FOREIGN KEY (chat, parent) REFERENCES node (chat, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX node_parent ON node (chat, parent);
CREATE INDEX node_streaming ON node (id) WHERE state = 'streaming';

CREATE TABLE draft (
    chat INTEGER PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE message_index USING fts5 (
    text, content = '', columnsize = 0, prefix = '1 2 3',
    tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO message_index (message_index, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE title_index USING fts5 (
    text, content = '', columnsize = 0, prefix = '1 2 3',
    tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO title_index (title_index, rank) VALUES ('secure-delete', 1);

-- The indexes hold every title, and every message that is not being written.
CREATE TRIGGER node_added AFTER INSERT ON node WHEN new.state <> 'streaming' BEGIN
    INSERT INTO message_index (rowid, text) VALUES (new.id, index_text(new.content));
END;
CREATE TRIGGER node_changed AFTER UPDATE OF content, state ON node
WHEN (old.state = 'streaming') <> (new.state = 'streaming')
    OR (new.state <> 'streaming' AND old.content <> new.content)
BEGIN
    INSERT INTO message_index (message_index, rowid, text)
    SELECT 'delete', old.id, index_text(old.content) WHERE old.state <> 'streaming';
    INSERT INTO message_index (rowid, text)
    SELECT new.id, index_text(new.content) WHERE new.state <> 'streaming';
END;
CREATE TRIGGER node_removed AFTER DELETE ON node WHEN old.state <> 'streaming' BEGIN
    INSERT INTO message_index (message_index, rowid, text)
    VALUES ('delete', old.id, index_text(old.content));
END;
CREATE TRIGGER chat_added AFTER INSERT ON chat BEGIN
    INSERT INTO title_index (rowid, text) VALUES (new.id, index_text(new.title));
END;
CREATE TRIGGER chat_renamed AFTER UPDATE OF title ON chat WHEN old.title <> new.title BEGIN
    INSERT INTO title_index (title_index, rowid, text)
    VALUES ('delete', old.id, index_text(old.title));
    INSERT INTO title_index (rowid, text) VALUES (new.id, index_text(new.title));
END;
CREATE TRIGGER chat_removed AFTER DELETE ON chat BEGIN
    INSERT INTO title_index (title_index, rowid, text)
    VALUES ('delete', old.id, index_text(old.title));
    DELETE FROM draft WHERE chat = old.id;
END;
"""


def first_schema(db: apsw.Connection) -> None:
    """Version 1: chats, their trees of messages, drafts, and what is searched."""
    db.execute(_SCHEMA_1)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


MIGRATIONS: tuple[Migration, ...] = (first_schema,)


def identify(db: apsw.Connection, path: Path) -> int:
    """Return the schema version of an open file, 0 for an empty database.

    AppError STORE_NEWER for a schema from the future; apsw.NotADBError for another program's.
    """
    version = int(db.pragma("user_version"))
    if db.pragma("application_id") != APPLICATION_ID:
        if version or db.execute("SELECT count(*) FROM sqlite_schema").get:
            raise apsw.NotADBError("a database of another program")
        return 0
    refuse_newer(path, version)
    return version


def refuse_newer(path: Path, version: int) -> None:
    """AppError STORE_NEWER for a schema that this program does not know yet."""
    known = len(MIGRATIONS)
    if version > known:
        raise AppError(ErrorCode.STORE_NEWER, path=str(path), found=version, known=known)


def migrate(
    db: apsw.Connection, path: Path, version: int, steps: Sequence[Migration] = MIGRATIONS
) -> None:
    """Bring a file of `version` up to date; what it was is in the backups before it changes."""
    if 0 < version < len(steps):
        backup.before_migration(db, path, version)
    for number, step in enumerate(steps[version:], start=version + 1):
        with transaction(db):
            if int(db.pragma("user_version")) >= number:
                continue  # another connection was faster
            step(db)
            db.execute(f"PRAGMA user_version = {number}")
