# Manual pages. kontor(1) and kontor.conf(5) are made from the tables: `make manual` after changing
# one; tests/protocol/10_cli compares.
manual_pages = doc/man/kontor.1.scd doc/man/kontor.conf.5.scd doc/man/kontor.8.scd
EXTRA_DIST += $(manual_pages)
.PHONY: manual
manual: kontor
	KONTOR_CONFIG=/dev/null ./kontor config manual 1 > $(top_srcdir)/doc/man/kontor.1.scd
	KONTOR_CONFIG=/dev/null ./kontor config manual 5 > $(top_srcdir)/doc/man/kontor.conf.5.scd
if HAVE_SCDOC
man_MANS = doc/man/kontor.1 doc/man/kontor.conf.5 doc/man/kontor.8
CLEANFILES += $(man_MANS)
doc/man/kontor.1: doc/man/kontor.1.scd
	@$(MKDIR_P) doc/man
	$(SCDOC) < $(top_srcdir)/$@.scd > $@
doc/man/kontor.conf.5: doc/man/kontor.conf.5.scd
	@$(MKDIR_P) doc/man
	$(SCDOC) < $(top_srcdir)/$@.scd > $@
doc/man/kontor.8: doc/man/kontor.8.scd
	@$(MKDIR_P) doc/man
	$(SCDOC) < $(top_srcdir)/$@.scd > $@
endif
