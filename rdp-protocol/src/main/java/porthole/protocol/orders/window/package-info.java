/** Windowing orders of MS-RDPERP 2.2.1.3: what a host tells of windows, notification icons and the desktop. */
package porthole.protocol.orders.window;
