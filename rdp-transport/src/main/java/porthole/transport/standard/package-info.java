/** Standard RDP security (MS-RDPBCGR 5.3): the client's half of the key exchange, and what it does to every message after that. */
package porthole.transport.standard;
