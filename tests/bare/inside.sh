# What a new user does, on the bare system that run.sh has made: no curl and no Python yet, so the
# questions go through bash's own sockets.
set -u
cd /srv/kontor || exit 1
port=$((20000 + RANDOM % 10000))

say() { printf '\n== %s\n' "$*"; }
fail() { echo "bare: FAILED: $*"; exit 1; }

# ask METHOD PATH [BODY]: the whole answer on stdout.
ask() {
	local body=${3:-}
	exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
	printf '%s %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\nDepth: 0\r\n' "$1" "$2" "$port" >&3
	printf 'Authorization: Basic %s\r\n' "$(printf ann:kontor | base64)" >&3
	printf 'Content-Type: application/xml\r\nContent-Length: %s\r\n\r\n%s' "${#body}" "$body" >&3
	cat <&3
	exec 3>&-
}

# expect WORDS ANSWER: shows the answer; fails where the words are not in it.
expect() {
	printf '%s\n' "$2"
	case $2 in *"$1"*) ;; *) fail "no \"$1\" in the answer" ;; esac
}

say "./run --no-serve"
SECONDS=0
./run --no-serve >/srv/run.log 2>&1 || { tail -n 30 /srv/run.log; fail "./run --no-serve"; }
tail -n 3 /srv/run.log
echo "$SECONDS s, packages and build included"

say "./run, and two questions"
./run --listen "127.0.0.1:$port" >/srv/serve.log 2>&1 &
server=$!
for _ in $(seq 50); do
	ask GET /healthz >/dev/null 2>&1 && break
	sleep 0.1
done
cat /srv/serve.log
expect "200 OK" "$(ask GET /healthz)"
expect "<title>Kontor" "$(ask GET /app/)"
expect "<D:displayname>" "$(ask PROPFIND /calendars/ann/calendar/ \
	'<D:propfind xmlns:D="DAV:"><D:prop><D:displayname/><D:sync-token/></D:prop></D:propfind>')"
kill -TERM "$server"
wait "$server" || fail "the server did not end well: $?"

say "./run --no-serve once more"
before=$(date +%s%N)
./run --no-serve || fail "the second ./run --no-serve"
took=$((($(date +%s%N) - before) / 1000000))
echo "$took ms"
[ "$took" -lt 1000 ] || fail "the second start took a second or more"

[ "$CHECK" = yes ] || { echo "bare: all good (without ./check)"; exit 0; }
say "./check --quick"
SECONDS=0
./check --quick >/srv/check.log 2>&1
code=$?
grep -vE '^(Get|Selecting|Preparing|Unpacking|Setting up|Processing|Fetched|\(Reading| |update-alternatives)' \
	/srv/check.log | tail -n 60
echo "$SECONDS s, packages and build included"
[ "$code" -eq 0 ] || fail "./check --quick"
echo "bare: all good"
