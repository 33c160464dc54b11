package porthole.transport;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;

/** Turns whatever was thrown into a member of the one family of failures. */
public final class Failures {
    private Failures() {}

    public static RdpFailure of(Throwable cause) {
        Throwable inner = cause;
        while ((inner instanceof CompletionException || inner instanceof DecoderException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        if (inner instanceof RdpFailure failure) {
            return failure;
        }
        if (inner instanceof SSLException) {
            return new LocalFailure(
                    "tls",
                    "TLS failed",
                    String.valueOf(inner.getMessage()),
                    "records that decrypt, and a handshake that both sides accept",
                    "the alert or the text says which side objected; --tls-provider bc tries another TLS engine",
                    inner);
        }
        if (inner instanceof IOException) {
            return new LocalFailure(
                    "io",
                    "the connection broke",
                    String.valueOf(inner.getMessage()),
                    "an open connection",
                    "see whether the host or something between dropped the connection",
                    inner);
        }
        return new LocalFailure(
                "internal",
                "a defect of this program",
                inner.toString(),
                "",
                "please report it with a recording of the session",
                inner);
    }
}
