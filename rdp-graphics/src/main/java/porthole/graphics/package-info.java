/** Compressed octets in, pixels out. */
package porthole.graphics;
