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

-- Every CRM record as lists, figures and access see it; tasks, and meetings that touch the CRM, too.
-- noun: crm/noun.tbl.h. holder: whose it is: the owner, else the team in whose queue it waits, else `company`.
-- state: 0 open, 1 won, converted, closed, done; 2 lost, dead, rejected, cancelled.
-- status: the status or stage's name, since `entered`. amount: company's currency, hundredths. until: when
-- where it appears changes by time alone (0: never). account, contact, parent: records, 0 for none.
-- fields: all its values (JSON, crm/fields.tbl.h).
CREATE TABLE crm_item (
	record INTEGER NOT NULL PRIMARY KEY,
	noun INTEGER NOT NULL,
	uid TEXT NOT NULL,
	holder INTEGER NOT NULL,
	owner INTEGER NOT NULL,
	team INTEGER NOT NULL,
	state INTEGER NOT NULL,
	status TEXT NOT NULL,
	entered INTEGER NOT NULL,
	account INTEGER NOT NULL,
	contact INTEGER NOT NULL,
	parent INTEGER NOT NULL,
	pipeline INTEGER NOT NULL,
	stage INTEGER NOT NULL,
	campaign INTEGER NOT NULL,
	source TEXT NOT NULL,
	title TEXT NOT NULL,
	title_key TEXT NOT NULL,
	created INTEGER NOT NULL,
	modified INTEGER NOT NULL,
	start INTEGER NOT NULL,
	due INTEGER NOT NULL,
	closed INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	probability INTEGER NOT NULL,
	priority INTEGER NOT NULL,
	number INTEGER NOT NULL,
	score INTEGER NOT NULL,
	until INTEGER NOT NULL,
	fields TEXT NOT NULL
);
CREATE INDEX crm_item_uid ON crm_item (uid);
CREATE INDEX crm_item_title ON crm_item (noun, title_key, record);
CREATE INDEX crm_item_created ON crm_item (noun, created, record);
CREATE INDEX crm_item_modified ON crm_item (noun, modified, record);
CREATE INDEX crm_item_due ON crm_item (noun, due, record);
CREATE INDEX crm_item_holder ON crm_item (noun, holder, state, record);
CREATE INDEX crm_item_owner ON crm_item (noun, owner, state, record);
CREATE INDEX crm_item_closed ON crm_item (noun, closed, record);
CREATE INDEX crm_item_active ON crm_item (noun, account, state, closed, created) WHERE account <> 0;
CREATE INDEX crm_item_start ON crm_item (noun, start, record);
CREATE INDEX crm_item_state ON crm_item (noun, state, status, record);
CREATE INDEX crm_item_account ON crm_item (account, noun, record) WHERE account <> 0;
CREATE INDEX crm_item_contact ON crm_item (contact, noun, record) WHERE contact <> 0;
CREATE INDEX crm_item_parent ON crm_item (parent, noun, start, closed, record) WHERE parent <> 0;
CREATE INDEX crm_item_campaign ON crm_item (campaign, noun, record) WHERE campaign <> 0;
CREATE INDEX crm_item_number ON crm_item (number) WHERE number <> 0;
CREATE INDEX crm_item_amount ON crm_item (noun, amount, record) WHERE noun IN (3, 4);
CREATE INDEX crm_item_probability ON crm_item (noun, probability, record) WHERE noun = 4;
CREATE INDEX crm_item_score ON crm_item (noun, score, record) WHERE noun = 3;
CREATE INDEX crm_item_priority ON crm_item (noun, priority, record) WHERE noun IN (5, 6);
CREATE INDEX crm_item_case ON crm_item (noun, number, record) WHERE noun = 5;
CREATE INDEX crm_item_until ON crm_item (until) WHERE until <> 0;

-- By what records are known and found to belong together. key: 'uid:...' it speaks of (RELATED-TO), 'mail:...' and
-- 'tel:...' (digits, national part) it has or names, 'name:...' folded. role: 0 its own, 1 mentioned.
CREATE TABLE crm_key (
	key TEXT NOT NULL,
	role INTEGER NOT NULL,
	record INTEGER NOT NULL,
	PRIMARY KEY (key, role, record)
) WITHOUT ROWID;
CREATE INDEX crm_key_record ON crm_key (record);

-- A contact's place in an account; times 0: open.
CREATE TABLE crm_person (
	account INTEGER NOT NULL,
	record INTEGER NOT NULL,
	role TEXT NOT NULL,
	is_primary INTEGER NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	PRIMARY KEY (account, record)
) WITHOUT ROWID;
CREATE INDEX crm_person_record ON crm_person (record);

-- What the search box looks through: the folded text of a record, a line a value (crm/find.h). rowid: the record.
-- sqlite:
CREATE VIRTUAL TABLE crm_text USING fts5(noun UNINDEXED, fold, tokenize='trigram', detail='none');
-- postgres:
CREATE TABLE crm_text (
	rowid INTEGER NOT NULL PRIMARY KEY,
	noun INTEGER NOT NULL,
	fold TEXT NOT NULL
);
-- postgres:
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
-- postgres:
CREATE INDEX crm_text_fold ON crm_text USING gin (fold public.gin_trgm_ops);
