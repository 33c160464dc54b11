#!/bin/bash
# Searches with every fuzz target for the time that it names, one after the other; with a name, only with targets that contain it:
# fuzz.sh [NAME]. A finding stops its target and is kept among the saved inputs.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
found=0
mkdir -p rdp-fuzz/target
for source in rdp-fuzz/src/test/java/porthole/fuzz/*FuzzTest.java; do
  class="$(basename "$source" .java)"
  for method in $(grep -A1 '@FuzzTest' "$source" | sed -nE 's/.*void (\w+)\(byte.*/\1/p'); do
    target="$class#$method"
    [[ "$target" == *"$1"* ]] || continue
    log="rdp-fuzz/target/$class-$method.log"
    if JAZZER_FUZZ=1 mvn -q -pl rdp-fuzz -am test -Dtest="$target" -Dsurefire.failIfNoSpecifiedTests=false >"$log" 2>&1; then
      echo "$target: nothing found"
    else
      echo "$target: see $log"
      found=1
    fi
  done
done
exit "$found"
