-- The first schema that was shipped, as its program wrote it, with a little content.
-- Never change this file: tests/store/test_migrations.py opens databases of this kind for ever.
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
PRAGMA application_id = 1179210309;
PRAGMA user_version = 1;

INSERT INTO chat (id, title, created, updated, pinned, trashed, model, options) VALUES
    (1, 'Llamas 羊驼', 1000.5, 1010.25, 1, NULL, '', '{}'),
    (2, 'thrown away', 1001.0, 1001.0, 0, 1020.0, '/m/a.gguf', '{"temperature": 0.2}');
INSERT INTO node (id, chat, parent, role, state, model, created, usage, error, reasoning, content)
VALUES
    (1, 1, NULL, 'user', 'complete', '', 1002.0, NULL, '', '', 'What do llamas eat? 羊驼吃什么？'),
    (2, 1, 1, 'assistant', 'failed', '/m/a.gguf', 1003.0, NULL, 'engine_crashed', 'hm', 'Gra'),
    (3, 1, 1, 'assistant', 'complete', '/m/a.gguf', 1004.0,
        '{"prompt_tokens":9,"cached_tokens":0,"completion_tokens":4,"context_length":4096,"first_token":0.5,"prefill":0.25,"decode":1.0}',
        '', '', 'Grass and hay. 草。'),
    (4, 1, 1, 'assistant', 'streaming', '/m/a.gguf', 1005.0, NULL, '', '', 'Hay, mos'),
    (5, 2, NULL, 'user', 'complete', '', 1006.0, NULL, '', '', 'Never mind');
UPDATE chat SET leaf = 4 WHERE id = 1;
UPDATE chat SET leaf = 5 WHERE id = 2;
INSERT INTO draft (chat, text) VALUES (0, 'the next chat'), (1, 'half a ques');
