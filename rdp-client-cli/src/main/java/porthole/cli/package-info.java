/** The {@code porthole} command: one class for each sub-command. */
package porthole.cli;
