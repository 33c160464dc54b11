/** Bounded readers and writers over octets, and what every PDU has in common. */
package porthole.protocol.wire;
