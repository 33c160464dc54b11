/** Standard RDP security, MS-RDPBCGR 5.3: its headers, key exchange, certificates, keys and ciphers; the headers serve all of RDP. */
package porthole.protocol.security;
