/** Videos of a session: animated PNG, and what other modules can write. */
package porthole.client.video;
