package porthole.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Says what octets look like that are not the protocol that was expected: a prober meets such hosts all day. */
public final class LooksLike {
    private static final int SHOWN = 16;
    private static final List<String> HTTP =
            List.of("HTTP/", "GET ", "POST ", "HEAD ", "PUT ", "OPTIONS ", "CONNECT ", "<html", "<HTML", "<!DOCTYPE");

    private LooksLike() {}

    /** One clause about the readable octets, which stay unread. */
    public static String of(ByteBuf in) {
        int length = in.readableBytes();
        if (length == 0) {
            return "no octets";
        }
        String text = in.toString(in.readerIndex(), Math.min(length, SHOWN), StandardCharsets.ISO_8859_1);
        return guess(in, text) + " (" + ByteBufUtil.hexDump(in, in.readerIndex(), Math.min(length, SHOWN))
                + (length > SHOWN ? "..." : "") + ")";
    }

    private static String guess(ByteBuf in, String text) {
        int first = text.charAt(0);
        if (HTTP.stream().anyMatch(text::startsWith)) {
            return "an HTTP message";
        } else if (text.startsWith("SSH-")) {
            return "an SSH banner";
        } else if (text.startsWith("RFB ")) {
            return "a VNC banner";
        } else if (text.matches("(?s)[1-5][0-9][0-9][ -].*")) {
            return "the greeting of a mail or file server";
        } else if (first >= 0x14 && first <= 0x17 && text.length() > 1 && text.charAt(1) == 3) {
            return "a TLS record" + (first == 0x15 ? " with an alert" : first == 0x16 ? " with a handshake" : "");
        } else if (text.length() > 5 && text.startsWith("\3\0") && text.charAt(5) == 0xF0) {
            return "an MCS PDU in an X.224 data TPDU";
        } else if (text.startsWith("\3\0")) {
            return "a TPKT frame";
        } else if (first == 0x30) {
            return "a DER sequence, as CredSSP sends";
        } else if (first == '{') {
            return "JSON text, as RDSAAD sends";
        } else if (text.startsWith("\1\0\1\0") || text.startsWith("\1\0\2\0") || text.startsWith("\1\0\4\0")) {
            return "an RDSTLS PDU";
        } else if (in.forEachByte(octet -> octet == 0) < 0) {
            return "zeros only";
        } else if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F || c == '\r' || c == '\n' || c == '\t')) {
            return "text \"" + text.strip() + "\"";
        }
        return "octets of an unknown protocol";
    }
}
