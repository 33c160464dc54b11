package porthole.client.video;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import porthole.graphics.picture.ApngWriter;
import porthole.graphics.picture.Picture;

/** An animated PNG as a file. */
public final class ApngFile implements VideoWriter {
    private final SeekableByteChannel channel;
    private final OutputStream buffered;
    private final ApngWriter writer;

    /** Begins a file of pictures of that size, in pixels; it is replaced where it exists. */
    public ApngFile(Path file, int width, int height) throws IOException {
        channel = Files.newByteChannel(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        buffered = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        writer = new ApngWriter(buffered, new Place(), width, height);
    }

    private final class Place implements ApngWriter.Place {
        @Override
        public long position() throws IOException {
            buffered.flush();
            return channel.position();
        }

        @Override
        public void rewrite(long at, byte[] octets) throws IOException {
            long end = position();
            channel.position(at);
            for (ByteBuffer left = ByteBuffer.wrap(octets); left.hasRemaining(); ) {
                channel.write(left);
            }
            channel.position(end);
        }
    }

    @Override
    public void frame(Picture picture, long millis) throws IOException {
        writer.frame(picture, millis);
    }

    @Override
    public void finish(long millis) throws IOException {
        writer.finish(millis);
    }

    @Override
    public void close() throws IOException {
        buffered.close();
    }
}
