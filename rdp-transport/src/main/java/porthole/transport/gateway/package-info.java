/** The way to a host through an RD Gateway over HTTP (MS-TSGU 3.7): by a websocket, or by two HTTP channels. */
package porthole.transport.gateway;
