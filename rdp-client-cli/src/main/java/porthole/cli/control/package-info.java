/** The scriptable session: JSON commands in, JSON events out, one a line. */
package porthole.cli.control;
