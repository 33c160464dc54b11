/** What commands write: data to standard output, text for people to standard error, files as a whole or not at all. */
package porthole.cli.output;
