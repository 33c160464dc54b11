/** The graphics pipeline of MS-RDPEGFX: surfaces, the codecs that draw into them, the bitmap cache, and frames. */
package porthole.graphics.pipeline;
