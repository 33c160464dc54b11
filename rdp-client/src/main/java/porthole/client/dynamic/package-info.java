/** Dynamic virtual channels (MS-RDPEDYC) over the static channel {@code drdynvc}. */
package porthole.client.dynamic;
