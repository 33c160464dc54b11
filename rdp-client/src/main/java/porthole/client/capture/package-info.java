/** Recorded sessions: reading and writing them, and taking them apart PDU by PDU. */
package porthole.client.capture;
