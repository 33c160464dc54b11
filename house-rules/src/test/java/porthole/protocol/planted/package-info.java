/** Classes that break a rule on purpose. */
package porthole.protocol.planted;
