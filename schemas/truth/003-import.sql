-- Imports of the CRM: what was brought, how its columns are read, how far it is, and what became of each row, so
-- that it can be taken back. format: 'csv', 'vcard'. existing: what to do with a row whose twin is there: 'update',
-- 'skip', 'create'. state: 0 looked at, 1 running, 2 done, 3 taken back. at: where in `text` the next row begins.
CREATE TABLE crm_import (
	id INTEGER NOT NULL PRIMARY KEY,
	who INTEGER NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
	noun INTEGER NOT NULL,
	format TEXT NOT NULL,
	name TEXT NOT NULL,
	mapping TEXT NOT NULL,
	existing TEXT NOT NULL,
	state INTEGER NOT NULL,
	created INTEGER NOT NULL,
	total INTEGER NOT NULL,
	done INTEGER NOT NULL,
	made INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	skipped INTEGER NOT NULL,
	problems TEXT NOT NULL,
	text BLOB NOT NULL
);
CREATE INDEX crm_import_who ON crm_import (who, id);

-- made: 1 the record is new, 0 it was changed. revision: after the import's change.
CREATE TABLE crm_import_row (
	import INTEGER NOT NULL REFERENCES crm_import (id) ON DELETE CASCADE,
	row INTEGER NOT NULL,
	record INTEGER NOT NULL,
	made INTEGER NOT NULL,
	PRIMARY KEY (import, row)
) WITHOUT ROWID;
