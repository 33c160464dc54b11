/**
 * Fuzz targets: any octets are refused in the one agreed way, or decode to a value that writes them again.
 *
 * <p>In a normal build each target replays its saved inputs, which lie beside the tests' resources in a folder named for
 * the target. With {@code JAZZER_FUZZ=1} in the environment one target searches for new ones:
 * {@code JAZZER_FUZZ=1 mvn -pl rdp-fuzz -am test -Dtest='FramingFuzzTest#framing' -Dsurefire.failIfNoSpecifiedTests=false}.
 * What it finds wrong is written to that folder; fix the decoder and commit the file. {@code rdp-fuzz/fuzz.sh} does so for
 * every target, one after the other.
 */
package porthole.fuzz;
