/** H.264 by JCodec, whose macroblock decoding is driven from here: one thread, bounded sizes, no hidden copies. */
package porthole.graphics.h264.jcodec;
