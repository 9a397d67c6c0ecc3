#!/bin/sh
# Shows that the two commands of the README work on a bare system: makes a minimal Debian 12 in a
# folder, clones this repository into it, and there does what a new user does. Wants root rights,
# about 4 GB in TMPDIR and 5 to 15 minutes, most of them for packages.
#
#   tests/bare/run.sh            ./run, ask the server, ./run again, ./check --quick
#   tests/bare/run.sh --keep     the same, and leave the folder
#   tests/bare/run.sh --no-check stop before ./check
#
# Packages come from where the system underneath has its own from, through the same proxy. What is
# committed is tested, not what lies about. Ends with "bare: all good", or a failure.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
keep=no check=yes
for option in "$@"; do
	case $option in
	--keep) keep=yes ;;
	--no-check) check=no ;;
	-h | --help) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
	*) echo "run.sh: unknown option $option" >&2; exit 2 ;;
	esac
done
[ "$(id -u)" = 0 ] || { echo "run.sh: making a system wants root rights" >&2; exit 2; }

# Mounts and processes of the inside end with this process: nothing to unmount, nothing to kill.
if [ -z "${BARE_INSIDE:-}" ]; then
	sh "$top/tests/install.sh" bare
	root=$(mktemp -d "${TMPDIR:-/tmp}/kontor-bare.XXXXXX")
	chmod 755 "$root"
	code=0
	BARE_INSIDE=$root unshare --mount --pid --fork --kill-child -- "$0" "$@" || code=$?
	[ "$keep" = yes ] && echo "The system is in $root" || rm -rf --one-file-system "$root"
	exit "$code"
fi
root=$BARE_INSIDE

say() { printf '\n== %s\n' "$*"; }

# The Debian archives of the system underneath, one "SITE SUITE" a line; the first is the main one.
archives() {
	apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' |
		sed -n 's/^\([^ ]* bookworm[^ ]*\) main$/\1/p' | sort -u
}

say "A minimal Debian 12"
site=$(archives | sed -n 's/ bookworm$//p' | head -n 1)
proxy=$(apt-config dump --format '%v' Acquire::http::Proxy)
[ -n "$site" ] || { echo "run.sh: no archive of Debian 12 in the sources of apt" >&2; exit 1; }
http_proxy=${proxy:-${http_proxy:-}} debootstrap --variant=minbase bookworm "$root" "$site" >"$root.log" 2>&1 ||
	{ tail -n 20 "$root.log"; exit 1; }
rm -f "$root.log"
archives | sed 's/.*/deb & main/' >"$root/etc/apt/sources.list"
apt-config dump | grep -E '^Acquire::(https?::|Check-|Retries)' >"$root/etc/apt/apt.conf.d/90outside" || true
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
# npm asks the registry that the system underneath asks, and trusts whom that trusts.
if command -v npm >/dev/null; then
	printf 'registry=%s\n' "$(npm config get registry)" >"$root/srv/.npmrc"
	authorities=$(npm config get cafile)
	[ ! -f "$authorities" ] || { cp -L "$authorities" "$root/etc/outside.pem" && echo "cafile=/etc/outside.pem" >>"$root/srv/.npmrc"; }
fi
# A folder is no booted system: what is installed must not start services on the ports outside.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"
echo "$(find "$root/var/lib/dpkg/info" -name '*.list' | wc -l) packages"

say "A clone"
git -c safe.directory='*' clone -q "file://$top" "$root/srv/kontor"
git -C "$root/srv/kontor" log -1 --format='%h %s'
cp "$here/inside.sh" "$root/srv/inside.sh"
exec env -i HOME=/srv PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
	CHECK="$check" chroot "$root" /bin/bash /srv/inside.sh
