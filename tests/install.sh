#!/bin/sh
# Installs the Debian packages of the groups named that are missing: tests/install.sh build test
# Asks before using root rights, unless it is root. Says what it does; does nothing where all is there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
missing=
for group in "$@"; do
	# Debian's npm conflicts with the Node of others: whoever has npm keeps what they have.
	[ "$group" != webui ] || ! command -v npm >/dev/null || continue
	for package in $(sed -n "s/^$group: //p" "$here/packages"); do
		dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
			missing="$missing $package"
	done
done
[ -n "$missing" ] || exit 0
echo "Missing Debian packages:$missing"
root=
if [ "$(id -u)" != 0 ]; then
	if [ -t 0 ]; then
		printf 'Install them with sudo now? [Y/n] '
		read -r answer
		case $answer in [nN]*) echo "Then please install them and come back."; exit 1 ;; esac
	fi
	root=sudo
fi
export DEBIAN_FRONTEND=noninteractive
# A fresh system would start PostgreSQL and slapd as services; the tests start their own.
$root apt-get update -q -o DPkg::Lock::Timeout=300
# shellcheck disable=SC2086
$root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
	-o DPkg::Lock::Timeout=300 $missing
