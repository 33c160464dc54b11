/** Keyboard and pointer events, and the slow-path PDU that carries them: MS-RDPBCGR 2.2.8.1.1.3. */
package porthole.protocol.input;
