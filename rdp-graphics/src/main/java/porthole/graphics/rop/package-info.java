/** Raster operations, brushes, lines and shapes on rows of pixels. */
package porthole.graphics.rop;
