/** The support bundle of a command: its option, what goes in of the command itself, and when it is written. */
package porthole.cli.support;
