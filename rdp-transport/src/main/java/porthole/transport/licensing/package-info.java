/** Where a client keeps the client access licences that hosts issue (MS-RDPELE 3.2.1.1), and what is told of the issuer. */
package porthole.transport.licensing;
