#!/bin/sh
# Builds the fuzzers and lets each run for SECONDS (default 10) on its corpus.
#
#   tests/fuzz/run.sh [SECONDS [NAME...]]    0: only what is in the corpus, once
#
# What a fuzzer learns is kept in build/fuzz/learnt/NAME (KONTOR_FUZZ_BUILD moves build/fuzz), what it
# breaks in build/fuzz/NAME-crash-*: such a file becomes a test and joins corpus/NAME.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${KONTOR_FUZZ_BUILD:-$top/build/fuzz}
seconds=${1:-10}
[ $# -eq 0 ] || shift

command -v clang >/dev/null || { echo "clang is missing"; exit 1; }
mkdir -p "$build"
cd "$build"
if [ ! -f config.h ]; then
	[ -x "$top/configure" ] || (cd "$top" && autoreconf -i >/dev/null 2>&1)
	"$top/configure" -q --without-postgresql --without-ldap --without-systemd
fi
if [ $# -eq 0 ]; then
	for file in "$top"/tests/fuzz/fuzz_*.c; do
		name=${file##*/fuzz_}
		set -- "$@" "${name%.c}"
	done
fi
make -s -f "$top/tests/fuzz/fuzz.mk" -j"$(nproc)" TOP="$top" "$@"

export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=0 UBSAN_OPTIONS=print_stacktrace=1
broken=
for name; do
	corpus=$top/tests/fuzz/corpus/$name
	dictionary=
	[ ! -f "$top/tests/fuzz/$name.dict" ] || dictionary=-dict=$top/tests/fuzz/$name.dict
	how=-max_total_time=$seconds
	[ "$seconds" != 0 ] || how=-runs=0
	mkdir -p "learnt/$name"
	# shellcheck disable=SC2086
	if "./fuzz_$name" $how $dictionary -timeout=5 -rss_limit_mb=1024 -max_len=65536 \
		-artifact_prefix="$build/$name-" "learnt/$name" "$corpus" >"$name.log" 2>&1; then
		echo "fuzz $name: $(grep -E '^(Done|#[0-9]+.*DONE)' "$name.log" | tail -n 1)"
	else
		echo "fuzz $name: BROKEN, see $build/$name.log"
		grep -E 'ERROR|SUMMARY|runtime error|Assertion|Test unit' "$name.log" | head -n 10
		broken="$broken $name"
	fi
done
[ -z "$broken" ]
