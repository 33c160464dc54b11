#!/bin/bash
# Measures everything anew and writes it into docs/BENCHMARKS.md; takes about six minutes on an idle machine.
#
#   mvn -q -DskipTests package && bench/table.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
jar="$root/benchmarks/target/benchmarks.jar"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
"$java" -jar "$jar" 'DecodeBenchmark.(codec|bulk)$' -prof gc -wi 4 -w 500ms -i 3 -r 500ms \
  -jvmArgs "-XX:+UseSerialGC -Dporthole.fixtures=$root/test-fixtures/recordings" -rf json -rff "$work/jmh.json" >"$work/jmh.log"
bench/replay.sh --runs 3 --warm 8 | tee "$work/replay.txt"
machine="$(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)), \
$("$java" -version 2>&1 | sed -n 's/.*(build \(.*\)).*/OpenJDK \1/p' | head -1), $(date -u +%Y-%m-%d)"
"$java" -cp "$jar" porthole.benchmarks.Table "$work/jmh.json" "$work/replay.txt" "$machine" docs/BENCHMARKS.md
