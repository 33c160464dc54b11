/** What the numbers of Set Error Info PDUs and logon notifications mean, and what to do about them. */
package porthole.protocol.errorinfo;
