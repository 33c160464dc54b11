/** The framebuffer of a session, and what paints graphics updates into it. */
package porthole.graphics.screen;
