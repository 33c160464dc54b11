/** One live session behind the commands: how it is specified, begun, watched and ended. */
package porthole.cli.session;
