-- Mail that waits to leave, and what became of it (store/outbox.h). record: what it belongs to. state: 0 queued, 1 sent,
-- 2 refused for good, 3 given up. due: not before. lease: until then whoever said `claim` is at it. epoch: of the history
-- that queued it; after a backup was put back it is another, and the mail waits for `kontor mail retry`. recipients: all;
-- rest: those who have not got it; refused: those it was refused for; addresses separated by spaces. message: RFC 5322.
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY,
	record INTEGER NOT NULL,
	author INTEGER NOT NULL,
	state INTEGER NOT NULL,
	epoch TEXT NOT NULL,
	created INTEGER NOT NULL,
	modified INTEGER NOT NULL,
	due INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	lease INTEGER NOT NULL,
	claim INTEGER NOT NULL,
	sender TEXT NOT NULL,
	recipients TEXT NOT NULL,
	rest TEXT NOT NULL,
	refused TEXT NOT NULL,
	reason TEXT NOT NULL,
	message BLOB NOT NULL
);
CREATE INDEX outbox_due ON outbox (due, id) WHERE state = 0;
CREATE INDEX outbox_done ON outbox (modified) WHERE state <> 0;
