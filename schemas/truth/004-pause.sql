-- Devices that take away much in little time are paused (crm/pause.h). app_password: which device; 0: those that
-- sign in with the password itself. at: when something was deleted or emptied; rows of the last minutes only.
CREATE TABLE device_loss (
	principal INTEGER NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
	app_password INTEGER NOT NULL,
	at INTEGER NOT NULL,
	record INTEGER NOT NULL,
	PRIMARY KEY (principal, app_password, at, record)
) WITHOUT ROWID;

CREATE TABLE device_pause (
	principal INTEGER NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
	app_password INTEGER NOT NULL,
	since INTEGER NOT NULL,
	PRIMARY KEY (principal, app_password)
) WITHOUT ROWID;
