/** Checks an RDP assertion as a host would, and reports every check. */
package porthole.aad.verify;
