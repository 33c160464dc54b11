/** The clipboard channel's messages (MS-RDPECLIP). */
package porthole.protocol.rdpeclip;
