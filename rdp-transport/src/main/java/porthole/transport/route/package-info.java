/** How the byte pipe to the host is opened. */
package porthole.transport.route;
