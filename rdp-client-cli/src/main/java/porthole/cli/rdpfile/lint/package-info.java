/** Looks for what is wrong or dangerous in a connection file. */
package porthole.cli.rdpfile.lint;
