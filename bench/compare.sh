#!/bin/sh
# Times and memory of porthole against its own host in another process, beside FreeRDP's xfreerdp where it is installed.
#
#   mvn -q -DskipTests package && bench/compare.sh [RUNS]
#
# Numbers are medians of RUNS (default 9) in milliseconds unless said otherwise. "to active" counts from the start of the
# process to the moment at which the host sees the session become active, by one clock for both clients: the host's own
# events. Both clients ask for 1024x768 at 32 bits per pixel, over TLS, and accept any certificate.
set -eu
runs=${1:-9}
sessions=20
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
root=$(dirname "$here")
jar="$root/rdp-client-cli/target/porthole.jar"
[ -f "$jar" ] || { echo "run first: mvn -q -DskipTests package" >&2; exit 2; }
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
display=
children=

# ends only what this script started, by its process id
finish() {
    exec 9>&- || true
    for child in $children; do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

now() { echo $(($(date +%s%N) / 1000000)); }
median() { sort -n | awk '{a[NR] = $1} END {if (NR) printf "%.1f\n", (NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2; else print "-"}'; }
say() { printf '%-62s %s\n' "$1" "$2"; }

mkfifo "$work/in"
"$java" -jar "$jar" host --security tls --port 0 --json <"$work/in" >"$work/host.json" 2>"$work/host.err" &
children="$children $!"
exec 9>"$work/in"
for _ in $(seq 100); do grep -q '"listening"' "$work/host.json" && break; sleep 0.1; done
port=$(sed -n 's/.*"event":"listening".*"port":\([0-9]*\).*/\1/p' "$work/host.json")
[ -n "$port" ] || { echo "the host did not start:" >&2; cat "$work/host.err" >&2; exit 70; }

# the host's clock of the newest active session, or nothing
active_since() { sed -n "$(($1 + 1)),\$p" "$work/host.json" | sed -n 's/.*"event":"active".*"epochMs":\([0-9]*\).*/\1/p' | tail -1; }
lines() { wc -l <"$work/host.json"; }

# NAME COMMAND...: each run ends by itself
cold() {
    name=$1
    shift
    : >"$work/whole"
    : >"$work/active"
    "$@" >/dev/null 2>&1 || { say "$name" "failed: $*"; return; }
    for _ in $(seq "$runs"); do
        before=$(lines)
        start=$(now)
        "$@" >/dev/null 2>&1
        echo $(($(now) - start)) >>"$work/whole"
        sleep 0.1
        seen=$(active_since "$before")
        [ -z "$seen" ] || echo $((seen - start)) >>"$work/active"
    done
    say "$name: to active" "$(median <"$work/active")"
    say "$name: whole process" "$(median <"$work/whole")"
}

echo "machine: $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo '?'), $("$java" -version 2>&1 | sed -n 2p)"
echo
echo "Cold start, connect to the first frame"
target="127.0.0.1:$port"
cold "  java -jar porthole.jar connect" "$java" -jar "$jar" connect "$target" --certificate ignore --security tls
cold "  bin/porthole connect" "$root/bin/porthole" connect "$target" --certificate ignore --security tls
PORTHOLE_CDS="$work/porthole.jsa"
export PORTHOLE_CDS
cold "  bin/porthole connect, class data archive" "$root/bin/porthole" connect "$target" --certificate ignore --security tls
unset PORTHOLE_CDS

freerdp=$(command -v xfreerdp3 || command -v xfreerdp || true)
if [ -z "$freerdp" ]; then
    say "  xfreerdp" "not measurable: not installed"
elif ! command -v Xvfb >/dev/null; then
    say "  xfreerdp" "not measurable: it needs a display, and Xvfb is not installed"
else
    for number in $(seq 90 120); do
        [ -e "/tmp/.X11-unix/X$number" ] || { display=":$number"; break; }
    done
    Xvfb "$display" -screen 0 1280x1024x24 -nolisten tcp >/dev/null 2>&1 &
    children="$children $!"
    sleep 2
    : >"$work/active"
    : >"$work/resident"
    for run in $(seq 0 "$runs"); do
        before=$(lines)
        start=$(now)
        DISPLAY=$display "$freerdp" "/v:$target" /sec:tls /cert:ignore /u:alice /p:x /size:1024x768 /bpp:32 >/dev/null 2>&1 &
        client=$!
        for _ in $(seq 100); do
            seen=$(active_since "$before")
            [ -n "$seen" ] && break
            sleep 0.05
        done
        sleep 1
        if [ "$run" -gt 0 ] && [ -n "$seen" ]; then # the first one warms the file cache, as it does for porthole
            echo $((seen - start)) >>"$work/active"
            sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$client/status" 2>/dev/null >>"$work/resident" || true
        fi
        kill "$client" 2>/dev/null || true
        wait "$client" 2>/dev/null || true
    done
    say "  $(basename "$freerdp"): to active" "$(median <"$work/active")"
    say "  $(basename "$freerdp"): first frame on its side" "not measurable: it does not tell"
    cold "  $(basename "$freerdp") +auth-only" env DISPLAY="$display" "$freerdp" "/v:$target" /sec:tls /cert:ignore /u:alice /p:x +auth-only
fi

echo
echo "Warm probe: $((runs * 10)) probes in one process, one after the other, without the first third"
many=$(for _ in $(seq $((runs * 10))); do printf '%s ' "$target"; done)
for until in x224 tls active frame; do
    # shellcheck disable=SC2086
    "$java" -jar "$jar" probe $many --until "$until" --certificate ignore --concurrency 1 --json 2>/dev/null |
        sed -n 's/.*"event":"result".*"ok":true,"ms":\([0-9.]*\).*/\1/p' | tail -n +$((runs * 10 / 3 + 1)) >"$work/probe"
    say "  porthole probe --until $until" "$(median <"$work/probe")"
done
say "  xfreerdp" "not measurable: one process makes one connection"

echo
echo "Memory, resident, KiB"
"${JAVA_HOME:+$JAVA_HOME/bin/}javac" -cp "$jar:$(dirname "$jar")/lib/*" -d "$work" "$here/Sessions.java"
"$java" -XX:+UseSerialGC -cp "$work:$jar" Sessions "$port" "$sessions" | while IFS='|' read -r what value; do say "  $what" "$value"; done
if [ -s "$work/resident" ]; then
    say "  $(basename "$freerdp"): process with one session" "$(median <"$work/resident")"
else
    say "  xfreerdp" "not measurable: see above"
fi
