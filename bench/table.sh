#!/bin/bash
# Measures everything anew and writes it into docs/BENCHMARKS.md; takes about seven minutes on an idle machine.
#
#   mvn -q -DskipTests package && bench/table.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
jar="$root/benchmarks/target/benchmarks.jar"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
options=(-wi 4 -w 500ms -i 3 -r 500ms -jvmArgs "-XX:+UseSerialGC -Dporthole.fixtures=$root/test-fixtures/recordings" -rf json)
"$java" -jar "$jar" 'DecodeBenchmark.(codec|bulk)$' "${options[@]}" -rff "$work/jmh.json" >"$work/jmh.log"
native=$(echo "$root"/rdp-h264-ffmpeg/target/rdp-h264-ffmpeg-*SNAPSHOT.jar)
"$java" -cp "$jar:$native:$root/rdp-h264-ffmpeg/target/lib/*" org.openjdk.jmh.Main 'DecodeBenchmark.codec$' \
  -p codec=avc420,avc444 "${options[@]}" -rff "$work/ffmpeg.json" >"$work/ffmpeg.log"
bench/replay.sh --runs 3 --warm 8 | tee "$work/replay.txt"
machine="$(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)), \
$("$java" -version 2>&1 | sed -n 's/.*(build \(.*\)).*/OpenJDK \1/p' | head -1), $(date -u +%Y-%m-%d)"
"$java" -cp "$jar" porthole.benchmarks.Table "$work/jmh.json" "$work/ffmpeg.json" "$work/replay.txt" "$machine" docs/BENCHMARKS.md
