/** Tokens from the identity broker that a Linux desktop has: it signs people in for every program, over D-Bus. */
package porthole.aad.desktop;
