# Programs that measure: made by `make bench-programs`, not installed, no tests.
EXTRA_PROGRAMS += tests/load/bench_writer
tests_load_bench_writer_SOURCES = tests/load/bench_writer.c
bench-programs: tests/load/bench_writer
.PHONY: bench-programs
