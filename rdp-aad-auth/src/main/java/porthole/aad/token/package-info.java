/** Where RDP access tokens come from, and what can be said about one before it is used. */
package porthole.aad.token;
