/** What a command has around it: streams, environment, terminal, and the way to say that it was used wrongly. */
package porthole.cli.base;
