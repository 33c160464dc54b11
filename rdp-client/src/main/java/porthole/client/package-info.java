/** The client to embed: connections, sessions with their picture, input and static channels. */
package porthole.client;
