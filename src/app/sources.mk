# Files of src/app.
libkontor_a_SOURCES += src/app/cmd.h src/app/cmd.tbl.h
libkontor_a_SOURCES += src/app/cmd_config.c
libkontor_a_SOURCES += src/app/cmd_serve.c
libkontor_a_SOURCES += src/app/compose.c src/app/compose.h
libkontor_a_SOURCES += src/app/config.c src/app/config.h src/app/config_fit.c src/app/config_fit.h
libkontor_a_SOURCES += src/app/service.c src/app/service.h

# The configuration file is made from the table of settings.
dist_doc_DATA = conf/kontor.conf
.PHONY: conf
conf: kontor
	KONTOR_CONFIG=/dev/null ./kontor config template > $(top_srcdir)/conf/kontor.conf
	KONTOR_CONFIG=/dev/null ./kontor config manual fields > $(top_srcdir)/docs/crm-fields.md
	KONTOR_CONFIG=/dev/null ./kontor config manual figures > $(top_srcdir)/docs/figures.md
	KONTOR_CONFIG=/dev/null ./kontor config manual refusals > $(top_srcdir)/docs/refusals.md
libkontor_a_SOURCES += src/app/desk.c src/app/desk.h
libkontor_a_SOURCES += src/app/staff.c src/app/staff.h
libkontor_a_SOURCES += src/app/words.c src/app/words.h
libkontor_a_SOURCES += src/app/cmd_group.c
libkontor_a_SOURCES += src/app/cmd_capture.c
libkontor_a_SOURCES += src/app/cmd_init.c
libkontor_a_SOURCES += src/app/cmd_mail.c
libkontor_a_SOURCES += src/app/cmd_principal.c
libkontor_a_SOURCES += src/app/cmd_user.c

# For systemd: the unit knows where the program was installed.
unitdir = $(prefix)/lib/systemd/system
nodist_unit_DATA = conf/kontor.service
dist_unit_DATA = conf/kontor.socket
EXTRA_DIST += conf/kontor.service.in
CLEANFILES += conf/kontor.service
conf/kontor.service: conf/kontor.service.in
	@mkdir -p conf
	$(AM_V_GEN)sed 's|[@]bindir[@]|$(bindir)|' $(top_srcdir)/conf/kontor.service.in > $@
libkontor_a_SOURCES += src/app/sign_in.c src/app/sign_in.h
libkontor_a_SOURCES += src/app/cmd_backup.c
libkontor_a_SOURCES += src/app/cmd_collection.c
libkontor_a_SOURCES += src/app/cmd_reindex.c
libkontor_a_SOURCES += src/app/progress.c src/app/progress.h
libkontor_a_SOURCES += src/app/spot.c src/app/spot.h
libkontor_a_SOURCES += src/app/cmd_import.c
libkontor_a_SOURCES += src/app/cmd_export.c
libkontor_a_SOURCES += src/app/intake.c src/app/intake.h
libkontor_a_SOURCES += src/app/rack.c src/app/rack.h
libkontor_a_SOURCES += src/app/cmd_demo.c src/app/demo.tbl.h
libkontor_a_SOURCES += src/app/demo.c src/app/demo.h
libkontor_a_SOURCES += src/app/share.c src/app/share.h
libkontor_a_SOURCES += src/app/cmd_fsck.c
libkontor_a_SOURCES += src/app/manual.c src/app/manual_figures.c src/app/manual_refusals.c \
	src/app/manual.h
libkontor_a_SOURCES += src/app/completion.c src/app/completion.h

schemasdir = $(pkgdatadir)/schemas
dist_schemas_DATA = schemas/index.sql schemas/openapi.yaml schemas/kontor-dav.rng
truthdir = $(pkgdatadir)/schemas/truth
dist_truth_DATA = schemas/truth/001-base.sql schemas/truth/002-crm.sql schemas/truth/003-import.sql schemas/truth/004-pause.sql schemas/truth/005-outbox.sql
# The shell wants it under the name of the program, which is taken here.
install-data-local: kontor
	$(MKDIR_P) $(DESTDIR)$(datadir)/bash-completion/completions
	KONTOR_CONFIG=/dev/null ./kontor config completion \
		> $(DESTDIR)$(datadir)/bash-completion/completions/kontor
uninstall-local:
	rm -f $(DESTDIR)$(datadir)/bash-completion/completions/kontor
EXTRA_DIST += conf/fail2ban/kontor.conf
libkontor_a_SOURCES += src/app/demo_crm.c src/app/demo_crm.h src/app/demo_impl.h src/app/demo_tell.c
libkontor_a_SOURCES += src/app/demo_sales.c src/app/demo_service.c src/app/demo_crm.tbl.h src/app/demo_names.tbl.h
