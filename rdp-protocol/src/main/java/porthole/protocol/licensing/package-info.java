/** MS-RDPELE licensing PDUs and the error alert of MS-RDPBCGR 2.2.1.12, behind their basic security headers. */
package porthole.protocol.licensing;
