/** Octets over a websocket (RFC 6455), whoever is at its other end: an RD Gateway, or the gateway of Azure Virtual Desktop. */
package porthole.transport.websocket;
