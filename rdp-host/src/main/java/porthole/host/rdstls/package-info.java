/** RDSTLS on the host's side: who may sign in with what a redirection gave out, or with the cookie of an earlier session. */
package porthole.host.rdstls;
