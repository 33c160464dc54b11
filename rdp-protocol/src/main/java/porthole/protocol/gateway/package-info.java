/** MS-TSGU 2.2.10: the packets that go to and from an RD Gateway over HTTP, and the gateway's error codes. */
package porthole.protocol.gateway;
