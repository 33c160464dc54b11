/** Signatures of connection files, as rdpsign makes them. */
package porthole.cli.rdpfile.signature;
