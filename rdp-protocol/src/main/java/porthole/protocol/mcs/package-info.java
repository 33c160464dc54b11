/** The MCS PDUs of T.125 that RDP uses: connect in BER, everything else in aligned PER (MS-RDPBCGR 2.2.1.3 to 2.2.1.9). */
package porthole.protocol.mcs;
