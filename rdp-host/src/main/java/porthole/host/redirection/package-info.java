/** Server redirection on the host's side: what a broker tells a client about the host that has its session. */
package porthole.host.redirection;
