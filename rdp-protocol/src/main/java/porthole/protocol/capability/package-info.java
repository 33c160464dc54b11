/** The capability sets of MS-RDPBCGR 2.2.7 and of the specifications that extend it. */
package porthole.protocol.capability;
