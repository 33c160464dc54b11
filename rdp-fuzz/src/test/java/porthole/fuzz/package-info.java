/**
 * Fuzz targets: any octets are refused in the one agreed way, or decode to a value that writes them again.
 *
 * <p>In a normal build each target replays its saved inputs, which lie among the resources in a folder that is named for
 * the class and the method. With {@code JAZZER_FUZZ=1} in the environment one target searches for more; {@code
 * rdp-fuzz/fuzz.sh} does so with all targets, or with those whose name contains its argument. A finding is written to
 * the folder of saved inputs: fix the decoder, and commit the file under a name that says what was wrong.
 */
package porthole.fuzz;
