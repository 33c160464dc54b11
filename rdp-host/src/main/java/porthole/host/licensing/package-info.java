/** The licence server within the host: what it asks for, what it issues, and what it makes of a licence that it is shown. */
package porthole.host.licensing;
