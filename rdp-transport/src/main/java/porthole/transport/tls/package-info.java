/** TLS in place on an open connection, and whether to trust the certificate that the host shows. */
package porthole.transport.tls;
