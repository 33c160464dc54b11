/** Half of a cycle. */
package porthole.protocol.planted.one;
