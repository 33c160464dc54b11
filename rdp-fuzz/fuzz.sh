#!/bin/bash
# Searches with every fuzz target, one after the other, and prints what came of it: fuzz.sh [-m MINUTES] [NAME]. With a name, only
# targets that contain it; 10 minutes each unless told otherwise. A finding stops its target and is kept among the saved inputs.
minutes=10
if [[ "$1" == -m ]]; then
  minutes="${2:?-m needs a number of minutes}"
  shift 2
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
logs="$PWD/rdp-fuzz/target/fuzz"
mkdir -p "$logs"
found=0
row='%-42s %12s %9s %9s %12s %12s  %s\n'
printf "$row" target runs 'runs/s' coverage 'slowest ms' 'most KiB' finding
for source in rdp-fuzz/src/test/java/porthole/fuzz/*FuzzTest.java; do
  class="$(basename "$source" .java)"
  for method in $(grep -A1 '@FuzzTest' "$source" | sed -nE 's/.*void (\w+)\(byte.*/\1/p'); do
    target="$class#$method"
    [[ "$target" == *"${1:-}"* ]] || continue
    log="$logs/$class-$method.log"
    statistics="$logs/$class-$method.statistics"
    rm -f "$statistics"
    finding=none
    if ! JAZZER_FUZZ=1 JAZZER_MAX_DURATION="${minutes}m" FUZZ_STATISTICS="$statistics" \
      mvn -q -pl rdp-fuzz -am test -Dtest="$target" -Dsurefire.failIfNoSpecifiedTests=false \
      >"$log" 2>&1; then
      finding="see $log"
      found=1
    fi
    last="$(grep -hoE '#[0-9]+\s.*cov: [0-9]+.*exec/s: [0-9]+' "$log" | tail -1)"
    read -r micros octets 2>/dev/null <"$statistics" || { micros=0 octets=0; }
    printf "$row" "$target" "$(sed -nE 's/^#([0-9]+).*/\1/p' <<<"$last")" \
      "$(sed -nE 's/.*exec.s: ([0-9]+).*/\1/p' <<<"$last")" "$(sed -nE 's/.*cov: ([0-9]+).*/\1/p' <<<"$last")" \
      "$((micros / 1000))" "$((octets / 1024))" "$finding"
  done
done
exit "$found"
