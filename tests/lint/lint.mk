# What a machine can see of the house rules: tests/lint/README.
LINTS = tests/lint/format tests/lint/floors tests/lint/sizes tests/lint/words tests/lint/promises \
	tests/lint/reasons \
	tests/lint/self_test.py
TESTS += $(LINTS)
dist_noinst_DATA += $(LINTS) tests/lint/tree.py tests/lint/README \
	tests/lint/sizes.allow tests/lint/words.allow

.PHONY: lint format
format:
	@$(top_srcdir)/tests/lint/format --fix

lint:
	@failed=0; for lint in $(LINTS); do \
		echo "== $$lint"; $(top_srcdir)/$$lint || test $$? -eq 77 || failed=1; \
	done; exit $$failed

# One README a folder: what it is, what it refuses to be.
EXTRA_DIST += src/api/README src/app/README src/base/README src/caldav/README src/calendar/README \
	src/carddav/README src/contacts/README src/crmdav/README src/dav/README src/db/README src/edit/README \
	src/http/README src/mail/README src/object/README src/people/README src/store/README src/view/README \
	src/wire/README
