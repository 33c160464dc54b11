/** Azure Virtual Desktop to embed: feed, broker and websocket gateway before one RDP host, and what they can do wrong. */
package porthole.host.avd;
