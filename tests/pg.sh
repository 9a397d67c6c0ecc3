#!/bin/sh
# A throwaway PostgreSQL for tests: in a directory of its own, on a UNIX socket there, no network.
#   tests/pg.sh start [--fast]         starts one, prints its connection string (--fast: fsync off)
#   tests/pg.sh stop DSN               stops it and takes its directory away
#   tests/pg.sh run [--fast] COMMAND   starts one, runs COMMAND with KONTOR_TEST_PG set, stops it
# Its text is sorted as people do, so that whoever relies on the order of bytes must ask for it.
# PG_BIN says where the programs are, if not where Debian's postgresql-15 puts them.
set -eu

bin=${PG_BIN:-/usr/lib/postgresql/15/bin}

# PostgreSQL refuses to run as root: then it runs as its own user.
as_server() {
	if [ "$(id -u)" = 0 ]; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
}

start() {
	[ -x "$bin/initdb" ] || { echo "pg.sh: no PostgreSQL in $bin" >&2; exit 77; }
	dir=$(mktemp -d /tmp/kontor-pg-XXXXXX)
	[ "$(id -u)" != 0 ] || chown postgres: "$dir"
	cd "$dir"
	as_server "$bin/initdb" -D "$dir/data" -U kontor -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en \
		--no-sync >"$dir/init.log" 2>&1 || { cat "$dir/init.log" >&2; exit 1; }
	as_server sh -c "cat >>'$dir/data/postgresql.conf'" <<-CONF
		listen_addresses = ''
		unix_socket_directories = '$dir'
		shared_buffers = 32MB
		max_connections = 400
		fsync = $1
	CONF
	as_server "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 start >"$dir/start.log" 2>&1 ||
		{ cat "$dir/log" >&2; exit 1; }
	# Programs that begin side by side would make it at once.
	for database in template1 postgres; do
		"$bin/psql" "host=$dir user=kontor dbname=$database" -qc 'CREATE EXTENSION IF NOT EXISTS pg_trgm' >&2
	done
	echo "host=$dir user=kontor dbname=postgres"
}

stop() {
	dir=${1#host=}
	dir=${dir%% *}
	case $dir in
	/tmp/kontor-pg-*) ;;
	*) echo "pg.sh: not one of ours: $1" >&2; exit 2 ;;
	esac
	cd "$dir"
	as_server "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null || true
	# What made it refuse or fall, told once each: who was refused often does not say it.
	sed -nE 's/^.*(FATAL|PANIC): +/PostgreSQL: /p' "$dir/log" | grep -v 'terminating connection' | sort | uniq -c >&2 || true
	cd /
	rm -rf "$dir"
}

[ $# -gt 0 ] || { sed -n '2,5s/^# \?//p' "$0" >&2; exit 2; }
what=$1
shift
fsync=on
if [ "${1:-}" = --fast ]; then
	fsync=off
	shift
fi
here=$(pwd)
case $what in
start) start $fsync ;;
stop) stop "$1" ;;
run)
	KONTOR_TEST_PG=$(start $fsync)
	export KONTOR_TEST_PG
	trap 'stop "$KONTOR_TEST_PG"' EXIT
	cd "$here"
	"$@"
	;;
*) echo "pg.sh: start, stop or run" >&2; exit 2 ;;
esac
