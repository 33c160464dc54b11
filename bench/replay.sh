#!/bin/bash
# Processor time of the same recorded sessions in FreeRDP 3 (/dump:replay, nodelay, on a virtual display) and in porthole.
#
#   mvn -q -DskipTests package && bench/replay.sh [--runs N] [--warm SECONDS] [RECORDING...]
#
# RECORDING is a folder under test-fixtures/recordings, with ":ffmpeg" behind it for FFmpeg's H.264 decoder; without one, a fixed choice. One line for each, user and system time in
# milliseconds, medians of N runs (default 5):
#   freerdp    the whole xfreerdp3 process, the display's own process not counted
#   its start  the same with everything from the first picture on left out of the dump
#   cold       a whole "bin/porthole replay" process, after one that made the class data archive
#   warm       one more replay in a JVM that has replayed the session for SECONDS (default 8) of processor time, the mean of 2 s
#   ratio      warm to freerdp, and in brackets warm to freerdp without its start: below 1 porthole takes less
# PORTHOLE_DEBIAN13 names the Debian 13 tree with xfreerdp3 (as .ci/run unpacks it); without it the installed xfreerdp3 is taken.
set -euo pipefail
runs=5
warm=8
while [ $# -gt 0 ]; do
  case "$1" in
    --runs) runs=$2; shift 2 ;;
    --warm) warm=$2; shift 2 ;;
    *) break ;;
  esac
done
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar="$root/benchmarks/target/benchmarks.jar"
cli="$root/rdp-client-cli/target/porthole.jar"
[ -f "$jar" ] && [ -f "$cli" ] || { echo "run first: mvn -q -DskipTests package" >&2; exit 2; }
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
export PORTHOLE_FIXTURES="$root/test-fixtures/recordings"
if [ $# -eq 0 ]; then
  set -- freerdp-gfx-shadow/{gfx-progressive,gfx-rfx,gfx-planar,gfx-uncompressed,gfx-avc420,gfx-avc420:ffmpeg,nsc,rfx-video} \
    freerdp-gfx-shadow/{bitmap-16,bitmap-32-planar,bulk-level-1,bulk-level-2,bulk-level-3} \
    freerdp-tls-xrdp/{bpp32-photo,rfx}
fi

tree="${PORTHOLE_DEBIAN13:-/opt/porthole-peers/debian13}"
libraries="$tree/usr/lib/x86_64-linux-gnu"
if [ -x "$tree/usr/bin/xfreerdp3" ]; then
  freerdp=(env "OPENSSL_MODULES=$libraries/ossl-modules" OPENSSL_CONF=/dev/null "$tree/usr/lib64/ld-linux-x86-64.so.2"
    --library-path "$libraries:$libraries/freerdp3:$libraries/pulseaudio" "$tree/usr/bin/xfreerdp3")
elif command -v xfreerdp3 >/dev/null; then
  freerdp=(xfreerdp3)
else
  echo "there is no xfreerdp3" >&2
  exit 2
fi
work=$(mktemp -d)
# ends only what this script started, by its process id
finish() {
  [ -z "${display_pid:-}" ] || kill "$display_pid" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1600x1200x24 -nolisten tcp 3>"$work/display" >/dev/null 2>&1 &
display_pid=$!
read -r display <"$work/display"
export DISPLAY=":$display" HOME="$work"

# user and system time of a command in milliseconds
cpu() {
  local times
  times=$( { TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>&1 </dev/null || true; } 2>&1)
  awk -v t="$times" 'BEGIN { split(t, a, " "); printf "%.0f\n", 1000 * (a[1] + a[2]) }'
}
median() { sort -n | awk '{ a[NR] = $1 } END { print (NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }
several() { local i; for i in $(seq "$runs"); do cpu "$@"; done | median; }
dump() { "$java" -XX:TieredStopAtLevel=1 "-Dporthole.fixtures=$PORTHOLE_FIXTURES" -cp "$jar" porthole.benchmarks.FreerdpDumps "$@"; }

printf '%-38s %8s %10s %8s %8s %16s\n' recording freerdp 'its start' cold warm ratio
for recording in "$@"; do
  recording=${recording#"$PORTHOLE_FIXTURES/"}
  name=$recording
  recording=${recording%:ffmpeg}
  classes=$jar
  unset PORTHOLE_NATIVE
  if [ "$name" != "$recording" ]; then
    classes="$jar:$(echo "$root"/rdp-h264-ffmpeg/target/rdp-h264-ffmpeg-*SNAPSHOT.jar):$root/rdp-h264-ffmpeg/target/lib/*"
    export PORTHOLE_NATIVE=1
  fi
  mapfile -t options < <(dump "$recording" "$work/all.dump")
  dump "$recording" "$work/setup.dump" setup >/dev/null
  replayed=("${freerdp[@]}" /v:127.0.0.1 "${options[@]}")
  whole=$(several "${replayed[@]}" "/dump:replay,file:$work/all.dump,nodelay")
  start=$(several "${replayed[@]}" "/dump:replay,file:$work/setup.dump,nodelay")
  "$root/bin/porthole" replay "$PORTHOLE_FIXTURES/$recording" >/dev/null 2>&1 || true
  cold=$(several "$root/bin/porthole" replay "$PORTHOLE_FIXTURES/$recording")
  once=$("$java" -XX:+UseSerialGC -cp "$classes" porthole.benchmarks.ReplayBench "$PORTHOLE_FIXTURES/$recording" "$warm")
  awk -v r="$name" -v f="$whole" -v s="$start" -v c="$cold" -v w="$once" 'BEGIN {
    net = f > s ? sprintf("%.2f", w / (f - s)) : "-"
    printf "%-38s %8.0f %10.0f %8.0f %8.1f %8.2f (%s)\n", r, f, s, c, w, w / f, net }'
done
