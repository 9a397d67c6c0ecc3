# Programs that measure: made by `make bench-programs`, not installed, no tests. docs/performance.md.
EXTRA_PROGRAMS += tests/load/bench_writer tests/load/bench_http tests/load/bench_constant
tests_load_bench_writer_SOURCES = tests/load/bench_writer.c
tests_load_bench_http_SOURCES = tests/load/bench_http.c
tests_load_bench_constant_SOURCES = tests/load/bench_constant.c
EXTRA_PROGRAMS += tests/load/bench_crm
tests_load_bench_crm_SOURCES = tests/load/bench_crm.c
EXTRA_DIST += tests/load/bench.py docs/performance.md
bench-programs: tests/load/bench_writer tests/load/bench_http tests/load/bench_constant

# BENCH_FLAGS="--no-peers --runs 1" is the quick look.
bench: kontor bench-programs
	python3 $(top_srcdir)/tests/load/bench.py ./kontor tests/load/bench_http \
		tests/load/bench_constant $(BENCH_FLAGS)

# Dashboards over a company of some years; BENCH_FLAGS: how many runs.
bench-crm: tests/load/bench_crm
	tests/load/bench_crm $(BENCH_FLAGS)
.PHONY: bench-programs bench bench-crm
