/** GCC conference create with the client and server data blocks (T.124, MS-RDPBCGR 2.2.1.3 and 2.2.1.4). */
package porthole.protocol.gcc;
