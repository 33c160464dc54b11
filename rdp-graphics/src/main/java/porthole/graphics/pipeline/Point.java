package porthole.graphics.pipeline;

/** RDPGFX_POINT16: where the top left pixel goes. MS-RDPEGFX 2.2.1.1. */
public record Point(int x, int y) {}
