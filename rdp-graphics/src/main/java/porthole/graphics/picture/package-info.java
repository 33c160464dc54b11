/** Finished pictures, rectangles of pixels, and PNG. */
package porthole.graphics.picture;
