/** Through the gateway of Azure Virtual Desktop: a websocket to a host that the broker has chosen before. */
package porthole.transport.avd;
