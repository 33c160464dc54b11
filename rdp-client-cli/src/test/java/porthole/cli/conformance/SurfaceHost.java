package porthole.cli.conformance;

import porthole.client.GraphicsOffer;
import porthole.client.RdpClient;
import porthole.fixtures.Script;

/** The host's side of surface commands and pointers on the fast path; each frame is acknowledged before anything else. */
final class SurfaceHost implements AutoCloseable {
    private static final int SURFACE_COMMANDS = 4;
    private static final int REMOTE_FX = 3;

    final LiveHost live;
    private int frames;

    SurfaceHost(RdpClient client) {
        live = new LiveHost(client, GraphicsOffer.AUTO);
    }

    private static byte[] marker(int action, int frameId) {
        return new Octets().u16(4, action).u32(frameId).done();
    }

    /** One command with a bitmap for the rectangle at the origin. */
    static byte[] bits(int codec, int width, int height, byte[] data) {
        return new Octets()
                .u16(6, 0, 0, width, height)
                .u8(32, 0, 0, codec)
                .u16(width, height)
                .u32(data.length)
                .raw(data)
                .done();
    }

    /** Sends commands as a frame and waits for its acknowledgement. */
    void frame(byte[]... commands) {
        int id = frames++;
        byte[] update =
                new Octets().raw(marker(0, id)).raw(commands).raw(marker(1, id)).done();
        live.play(Script.EMPTY.send(LiveHost.fastPath(SURFACE_COMMANDS, update)).then(live.expectFrameAcknowledge(id)));
    }

    /** The same for one message of RemoteFX for 192 x 192 pixels. */
    void remoteFx(byte[] message) {
        frame(bits(REMOTE_FX, 192, 192, message));
    }

    void refusedRemoteFx(byte[] message) {
        live.playTheLast(Script.EMPTY.send(LiveHost.fastPath(
                SURFACE_COMMANDS,
                new Octets()
                        .raw(marker(0, 0), bits(REMOTE_FX, 192, 192, message), marker(1, 0))
                        .done())));
    }

    /** Sends a pointer update, which nobody acknowledges, and a frame behind it. */
    void pointer(int updateCode, byte[] body) {
        live.play(Script.EMPTY.send(LiveHost.fastPath(updateCode, body)));
        frame();
    }

    /** Paints everything in one colour, 0xRRGGBB, so that a case begins with nothing of the one before. */
    void clear(int rgb) {
        Octets row = new Octets();
        for (int i = 0; i < 640; i++) {
            row.bgr(rgb).u8(0);
        }
        byte[] one = row.done();
        Octets all = new Octets();
        for (int y = 0; y < 480; y++) {
            all.raw(one);
        }
        frame(bits(0, 640, 480, all.done()));
    }

    @Override
    public void close() {
        live.close();
    }
}
