-- What is true. INTEGER is 64 bits (BIGINT on PostgreSQL), BLOB is BYTEA there; times are seconds UTC.
-- Ids and change numbers come from `counter`, given out inside the writer's transaction.

CREATE TABLE meta (
	name TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE counter (
	name TEXT NOT NULL PRIMARY KEY,
	value INTEGER NOT NULL
) WITHOUT ROWID;

-- kind: 1 user, 2 group, 3 location, 4 resource. One name space; name_key is the folded name.
CREATE TABLE principal (
	id INTEGER NOT NULL PRIMARY KEY,
	kind INTEGER NOT NULL,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL UNIQUE,
	display_name TEXT NOT NULL,
	uid TEXT NOT NULL UNIQUE,
	password TEXT,
	quota INTEGER NOT NULL,
	created INTEGER NOT NULL,
	modified INTEGER NOT NULL
);

CREATE TABLE principal_email (
	principal INTEGER NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
	position INTEGER NOT NULL,
	email TEXT NOT NULL,
	email_key TEXT NOT NULL UNIQUE,
	PRIMARY KEY (principal, position)
) WITHOUT ROWID;

CREATE TABLE principal_role (
	principal INTEGER NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
	role TEXT NOT NULL,
	PRIMARY KEY (principal, role)
) WITHOUT ROWID;

-- `is_manager` 1: manages the group; 0: is a member of it. Somebody can be both: two rows.
CREATE TABLE group_member (
	team INTEGER NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
	member INTEGER NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
	is_manager INTEGER NOT NULL,
	PRIMARY KEY (team, member, is_manager)
) WITHOUT ROWID;
CREATE INDEX group_member_member ON group_member (member, is_manager, team);

-- hash: SHA-256 in hex of 128 random bits.
CREATE TABLE app_password (
	id INTEGER NOT NULL PRIMARY KEY,
	principal INTEGER NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	hash TEXT NOT NULL UNIQUE,
	created INTEGER NOT NULL,
	seen INTEGER NOT NULL,
	client TEXT NOT NULL
);
CREATE INDEX app_password_principal ON app_password (principal);

-- type: see store/collection.h. Homes have parent 0 and the name of their owner at no place: they are found
-- by (owner, type). token: number of the last change in it. changed: of its own last change, as its
-- parent's sync sees it. bytes: what is stored in it, children not counted.
CREATE TABLE collection (
	id INTEGER NOT NULL PRIMARY KEY,
	parent INTEGER NOT NULL,
	owner INTEGER NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
	type INTEGER NOT NULL,
	name TEXT NOT NULL,
	components INTEGER NOT NULL,
	token INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	born INTEGER NOT NULL,
	bytes INTEGER NOT NULL,
	created INTEGER NOT NULL,
	modified INTEGER NOT NULL,
	UNIQUE (owner, parent, type, name)
);
CREATE UNIQUE INDEX collection_child ON collection (parent, name) WHERE parent <> 0;

-- revision: the change number of its last write; no two writes share one, and it is the ETag.
-- home: the collection it was put in. private: JSON no client may touch. blob: body kept in chunks.
CREATE TABLE record (
	id INTEGER NOT NULL PRIMARY KEY,
	kind INTEGER NOT NULL,
	home INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	created INTEGER NOT NULL,
	modified INTEGER NOT NULL,
	size INTEGER NOT NULL,
	blob INTEGER NOT NULL,
	media TEXT,
	private TEXT,
	body BLOB
);

-- Where records appear. uid: unique in a collection; none for files.
-- tag: what multistatus tells without the body (the component, for calendar objects).
-- changed: number of the last change here. born: number at which this name was first seen here, kept when it
-- leaves and comes back, so that whoever saw an earlier life is told of the end.
-- kind to media are the record's, so that a listing reads one table.
CREATE TABLE member (
	collection INTEGER NOT NULL,
	name TEXT NOT NULL,
	record INTEGER NOT NULL,
	uid TEXT,
	tag INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	born INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	size INTEGER NOT NULL,
	created INTEGER NOT NULL,
	modified INTEGER NOT NULL,
	media TEXT,
	PRIMARY KEY (collection, name)
) WITHOUT ROWID;
CREATE UNIQUE INDEX member_uid ON member (collection, uid) WHERE uid IS NOT NULL;
CREATE INDEX member_changed ON member (collection, changed);
CREATE INDEX member_record ON member (record);

-- What left a collection (members and child collections), last state per name. Kept for ever; removed only
-- while the name is in use again.
CREATE TABLE tombstone (
	collection INTEGER NOT NULL,
	name TEXT NOT NULL,
	gone INTEGER NOT NULL,
	born INTEGER NOT NULL,
	is_collection INTEGER NOT NULL,
	PRIMARY KEY (collection, name)
) WITHOUT ROWID;
CREATE INDEX tombstone_gone ON tombstone (collection, gone);

-- Dead properties, and live ones that clients set. holder: 1 collection, 2 record, 3 principal.
CREATE TABLE prop (
	holder INTEGER NOT NULL,
	id INTEGER NOT NULL,
	ns TEXT NOT NULL,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (holder, id, ns, name)
) WITHOUT ROWID;

-- Access lists in order. holder as in prop. who: 1 principal, 2 all, 3 authenticated, 4 unauthenticated,
-- 5 owner, 6 self. rights: bit mask of people/privilege.tbl.h.
CREATE TABLE ace (
	holder INTEGER NOT NULL,
	id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	who INTEGER NOT NULL,
	principal INTEGER NOT NULL,
	is_deny INTEGER NOT NULL,
	is_invert INTEGER NOT NULL,
	rights INTEGER NOT NULL,
	PRIMARY KEY (holder, id, position)
) WITHOUT ROWID;
CREATE INDEX ace_principal ON ace (principal);

-- WebDAV locks. collection, name: the lock's root ('' is the collection itself). An empty resource made by
-- LOCK is an ordinary record.
CREATE TABLE dav_lock (
	token TEXT NOT NULL PRIMARY KEY,
	collection INTEGER NOT NULL,
	name TEXT NOT NULL,
	holder INTEGER NOT NULL,
	is_shared INTEGER NOT NULL,
	is_deep INTEGER NOT NULL,
	owner TEXT NOT NULL,
	until INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX dav_lock_place ON dav_lock (collection, name);
CREATE INDEX dav_lock_until ON dav_lock (until);
CREATE INDEX dav_lock_holder ON dav_lock (holder);

-- Bodies too large for one row. state: 0 being written, 1 whole (belongs to no record yet), 2 a record's,
-- 3 given up by its record. since: when it entered this state.
CREATE TABLE blob_head (
	id INTEGER NOT NULL PRIMARY KEY,
	size INTEGER NOT NULL,
	state INTEGER NOT NULL,
	since INTEGER NOT NULL
);
CREATE INDEX blob_head_loose ON blob_head (since) WHERE state <> 2;
CREATE TABLE blob_chunk (
	blob INTEGER NOT NULL,
	position INTEGER NOT NULL,
	bytes BLOB NOT NULL,
	PRIMARY KEY (blob, position)
);
