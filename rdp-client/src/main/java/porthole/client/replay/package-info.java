/** A recorded session drives the client's own phases; what the client then says is compared with what was recorded. */
package porthole.client.replay;
