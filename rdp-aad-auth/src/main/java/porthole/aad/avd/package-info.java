/** Azure Virtual Desktop: the feed of resources, the broker that finds a host, and the credentials that it gives out. */
package porthole.aad.avd;
