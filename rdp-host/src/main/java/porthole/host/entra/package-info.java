/** A mock Entra authority on HTTPS: signs its one test user in without asking, and errs by name when told to. */
package porthole.host.entra;
