/** MS-RDPBCGR 2.2.14 network characteristics detection, behind its basic security header. */
package porthole.protocol.autodetect;
