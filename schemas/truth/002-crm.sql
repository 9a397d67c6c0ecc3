-- The CRM (docs/crm.md). Its records are ordinary records; here is what records cannot hold.

-- What CRM records a collection holds: 0 none, 1 accounts and contacts, 2 leads, 3 deals, 4 cases, 5 journal
-- (enum crm_shelf). The company's own are where records are at home; those of people and teams hold appearances.
ALTER TABLE collection ADD COLUMN crm INTEGER NOT NULL DEFAULT 0;
CREATE INDEX collection_crm ON collection (owner, crm) WHERE crm <> 0;

-- What happened to a record, for ever: figures are worked out from this, never from today's state.
-- what: crm/event.tbl.h. via: crm/via. who: principal, 0 for forms, mails, rules. owner to source: the record's
-- after the event. from_num, to_num: money in the company's currency, ids, times, by `what`.
-- seconds: spent in the status or stage that was left, else 0. Kept in order of time, noun by noun: a dashboard
-- reads all of a noun, or what happened to it lately, in one go.
CREATE TABLE crm_event (
	id INTEGER NOT NULL,
	record INTEGER NOT NULL,
	noun INTEGER NOT NULL,
	what INTEGER NOT NULL,
	at INTEGER NOT NULL,
	who INTEGER NOT NULL,
	via INTEGER NOT NULL,
	owner INTEGER NOT NULL,
	team INTEGER NOT NULL,
	pipeline INTEGER NOT NULL,
	campaign INTEGER NOT NULL,
	source TEXT NOT NULL,
	from_value TEXT NOT NULL,
	to_value TEXT NOT NULL,
	from_num INTEGER NOT NULL,
	to_num INTEGER NOT NULL,
	seconds INTEGER NOT NULL,
	PRIMARY KEY (noun, at, id)
) WITHOUT ROWID;
CREATE INDEX crm_event_record ON crm_event (record, at, id);
CREATE INDEX crm_event_what ON crm_event (noun, what, at, id);

-- The last bodies of a record, by revision: the base a client's edit is compared with.
CREATE TABLE crm_version (
	record INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	body BLOB NOT NULL,
	PRIMARY KEY (record, revision)
) WITHOUT ROWID;

-- Who changed what, when, by which device. changes: JSON, {"field": [before, after], ...}.
-- action: create, change, delete, restore, convert, merge, leave. record 0: `row` says what.
CREATE TABLE crm_audit (
	id INTEGER NOT NULL PRIMARY KEY,
	record INTEGER NOT NULL,
	noun INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	at INTEGER NOT NULL,
	who INTEGER NOT NULL,
	via INTEGER NOT NULL,
	device TEXT NOT NULL,
	action TEXT NOT NULL,
	changes TEXT NOT NULL
);
CREATE INDEX crm_audit_record ON crm_audit (record, id);
CREATE INDEX crm_audit_who ON crm_audit (who, at);

-- Deleted in the browser, to be had back: the whole record as it was.
CREATE TABLE crm_bin (
	record INTEGER NOT NULL PRIMARY KEY,
	noun INTEGER NOT NULL,
	uid TEXT NOT NULL,
	title TEXT NOT NULL,
	owner INTEGER NOT NULL,
	deleted INTEGER NOT NULL,
	who INTEGER NOT NULL,
	private TEXT NOT NULL,
	body BLOB NOT NULL
);
CREATE INDEX crm_bin_deleted ON crm_bin (deleted);

-- What is no resource: pipelines, stages, campaigns, goals ... (crm/noun.tbl.h). parent: the row or record it
-- belongs to, 0 for none. data: JSON of crm/fields.tbl.h.
CREATE TABLE crm_row (
	id INTEGER NOT NULL PRIMARY KEY,
	noun INTEGER NOT NULL,
	parent INTEGER NOT NULL,
	position INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	created INTEGER NOT NULL,
	modified INTEGER NOT NULL,
	data TEXT NOT NULL
);
CREATE INDEX crm_row_noun ON crm_row (noun, parent, position, id);

CREATE TABLE crm_follow (
	principal INTEGER NOT NULL,
	record INTEGER NOT NULL,
	since INTEGER NOT NULL,
	PRIMARY KEY (principal, record)
) WITHOUT ROWID;
CREATE INDEX crm_follow_record ON crm_follow (record);

-- The UID of a record that was merged into another one.
CREATE TABLE crm_alias (
	uid TEXT NOT NULL PRIMARY KEY,
	record INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX crm_alias_record ON crm_alias (record);

-- A browser that is signed in. hash: SHA-256 in hex of the cookie. until: absolute end.
CREATE TABLE session (
	hash TEXT NOT NULL PRIMARY KEY,
	principal INTEGER NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
	csrf TEXT NOT NULL,
	created INTEGER NOT NULL,
	seen INTEGER NOT NULL,
	until INTEGER NOT NULL,
	agent TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_principal ON session (principal);
CREATE INDEX session_until ON session (until);

-- Somebody's own settings of the browser's pages: language, columns, saved filters. value: JSON.
CREATE TABLE preference (
	principal INTEGER NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (principal, name)
) WITHOUT ROWID;

-- Whose records somebody sees, worked out of groups and managers whenever people change (people/reach.h).
-- reach: 1 own, 2 team, 3 subtree; viewer 0 with reach 4 has everybody: one join serves every reach.
CREATE TABLE reach (
	viewer INTEGER NOT NULL,
	reach INTEGER NOT NULL,
	holder INTEGER NOT NULL,
	PRIMARY KEY (viewer, reach, holder)
) WITHOUT ROWID;
