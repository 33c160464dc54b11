/** MS-CSSP: TSRequest, the credentials that it delegates, the binding to the host's public key, and its error codes. */
package porthole.protocol.credssp;
