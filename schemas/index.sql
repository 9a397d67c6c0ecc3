-- Derived tables: everything here can be dropped and rebuilt from schemas/truth (kontor reindex).
-- Each has a column `record`, by which a record's rows are replaced when it is written.

-- Folded property values of cards, for text searches; `cut`: the key is not the whole value.
CREATE TABLE card_key (
	collection INTEGER NOT NULL,
	name TEXT NOT NULL,
	record INTEGER NOT NULL,
	position INTEGER NOT NULL,
	cut INTEGER NOT NULL,
	key TEXT NOT NULL,
	PRIMARY KEY (collection, name, record, position)
) WITHOUT ROWID;
CREATE INDEX card_key_record ON card_key (record);

-- The span of time a calendar object covers, by width (calendar/span.h). flags: see there.
CREATE TABLE event_span (
	collection INTEGER NOT NULL,
	width INTEGER NOT NULL,
	first INTEGER NOT NULL,
	record INTEGER NOT NULL,
	last INTEGER NOT NULL,
	component INTEGER NOT NULL,
	flags INTEGER NOT NULL,
	PRIMARY KEY (collection, width, first, record)
) WITHOUT ROWID;
CREATE INDEX event_span_record ON event_span (record);
