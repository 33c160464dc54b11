/** Fast-path frames of both directions, their updates and the fragments of updates: MS-RDPBCGR 2.2.8.1.2 and 2.2.9.1.2. */
package porthole.protocol.fastpath;
