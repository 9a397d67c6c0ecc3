#!/bin/sh
# conf/kontor.conf is what `kontor config template` prints; `make conf` writes it.
top=$(cd "$(dirname "$0")/../../.." && pwd)
KONTOR_CONFIG=/dev/null ./kontor config template | diff -u "$top/conf/kontor.conf" - ||
	{ echo "conf/kontor.conf is stale: make conf"; exit 1; }
