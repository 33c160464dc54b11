/** What one connection is made of: its specification, its observers, and the handler that each phase extends. */
package porthole.transport;
