package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.fault;
import static porthole.host.fault.FaultBuilder.rewrite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import porthole.protocol.failure.Stage;

/** What can be done to any message, whatever it says: each of these, for each message of the connection sequence. */
final class MessageFaults {
    /** A delay that no deadline minds. */
    static final Effect LATE = new Effect.Late(Duration.ofMillis(300));

    private static final Duration DRIP = Duration.ofSeconds(1);
    private static final int OVERSIZE = 30_000;
    private static final int JSON_OVERSIZE = 1_000_000;

    private MessageFaults() {}

    /**
     * One message, and where a client waits for it.
     *
     * @param awaitedIn the stage in which the client is while it waits
     * @param absentIn the stage in which its absence is noticed
     * @param absent what its absence leads to; empty where it is tolerated
     * @param twiceIn the stage in which a second copy is noticed
     * @param twice what a second copy leads to; empty where it is tolerated
     */
    private record Target(
            ServerMessage message, Stage awaitedIn, Stage absentIn, String absent, Stage twiceIn, String twice) {
        boolean isJson() {
            return message.needs().equals(Fault.AAD);
        }

        boolean isDer() {
            return message.needs().equals(Fault.NLA);
        }
    }

    private static final List<Target> TARGETS = List.of(
            new Target(
                    ServerMessage.CONNECTION_CONFIRM,
                    Stage.CONNECTION_INITIATION,
                    Stage.CONNECTION_INITIATION,
                    "deadline",
                    Stage.TLS,
                    "unexpected-message"),
            new Target(
                    ServerMessage.SERVER_NONCE,
                    Stage.AUTHENTICATION,
                    Stage.AUTHENTICATION,
                    "deadline",
                    Stage.AUTHENTICATION,
                    "unexpected-message"),
            new Target(
                    ServerMessage.AUTHENTICATION_RESULT,
                    Stage.AUTHENTICATION,
                    Stage.AUTHENTICATION,
                    "deadline",
                    Stage.BASIC_SETTINGS_EXCHANGE,
                    "malformed-pdu"),
            new Target(
                    ServerMessage.NLA_CHALLENGE,
                    Stage.AUTHENTICATION,
                    Stage.AUTHENTICATION,
                    "deadline",
                    Stage.AUTHENTICATION,
                    "unexpected-message"),
            new Target(
                    ServerMessage.NLA_KEY,
                    Stage.AUTHENTICATION,
                    Stage.AUTHENTICATION,
                    "deadline",
                    Stage.BASIC_SETTINGS_EXCHANGE,
                    "unexpected-message"),
            new Target(
                    ServerMessage.CONNECT_RESPONSE,
                    Stage.BASIC_SETTINGS_EXCHANGE,
                    Stage.BASIC_SETTINGS_EXCHANGE,
                    "deadline",
                    Stage.CHANNEL_CONNECTION,
                    "unexpected-message"),
            new Target(
                    ServerMessage.ATTACH_USER_CONFIRM,
                    Stage.CHANNEL_CONNECTION,
                    Stage.CHANNEL_CONNECTION,
                    "deadline",
                    Stage.CHANNEL_CONNECTION,
                    "unexpected-message"),
            new Target(
                    ServerMessage.CHANNEL_JOIN_CONFIRM,
                    Stage.CHANNEL_CONNECTION,
                    Stage.CHANNEL_CONNECTION,
                    "deadline",
                    Stage.CHANNEL_CONNECTION,
                    "unexpected-message"),
            new Target(
                    ServerMessage.LICENSE_REQUEST,
                    Stage.AUTO_DETECTION,
                    Stage.AUTO_DETECTION,
                    "deadline",
                    Stage.LICENSING,
                    "unexpected-message"),
            new Target(
                    ServerMessage.PLATFORM_CHALLENGE,
                    Stage.LICENSING,
                    Stage.LICENSING,
                    "deadline",
                    Stage.LICENSING,
                    "unexpected-message"),
            new Target(
                    ServerMessage.NEW_LICENSE,
                    Stage.LICENSING,
                    Stage.LICENSING,
                    "unexpected-message",
                    Stage.CAPABILITIES_EXCHANGE,
                    "malformed-pdu"),
            new Target(
                    ServerMessage.LICENSE,
                    Stage.AUTO_DETECTION,
                    Stage.LICENSING,
                    "unexpected-message",
                    Stage.CAPABILITIES_EXCHANGE,
                    "malformed-pdu"),
            new Target(
                    ServerMessage.DEMAND_ACTIVE,
                    Stage.MULTITRANSPORT_BOOTSTRAPPING,
                    Stage.MULTITRANSPORT_BOOTSTRAPPING,
                    "deadline",
                    Stage.CONNECTION_FINALIZATION,
                    "unexpected-message"),
            new Target(ServerMessage.SYNCHRONIZE, Stage.CONNECTION_FINALIZATION, Stage.ACTIVE, "", Stage.ACTIVE, ""),
            new Target(
                    ServerMessage.CONTROL_COOPERATE, Stage.CONNECTION_FINALIZATION, Stage.ACTIVE, "", Stage.ACTIVE, ""),
            new Target(
                    ServerMessage.CONTROL_GRANTED, Stage.CONNECTION_FINALIZATION, Stage.ACTIVE, "", Stage.ACTIVE, ""),
            new Target(
                    ServerMessage.FONT_MAP,
                    Stage.CONNECTION_FINALIZATION,
                    Stage.CONNECTION_FINALIZATION,
                    "deadline",
                    Stage.ACTIVE,
                    ""));

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (Target target : TARGETS) {
            timing(target, all);
            sizes(target, all);
        }
        return all;
    }

    private static String name(Target target, String effect) {
        return target.message().label() + "-" + effect;
    }

    private static String text(Target target, String before, String after) {
        return before + " the " + target.message().label().replace('-', ' ') + after;
    }

    private static void timing(Target target, List<Fault> all) {
        ServerMessage message = target.message();
        FaultBuilder missing =
                fault(name(target, "missing"), message, text(target, "leaves", " out"), new Effect.Drop());
        all.add(target.absent().isEmpty() ? missing.survived() : missing.fails(target.absentIn(), target.absent()));
        all.add(fault(name(target, "stall"), message, text(target, "falls silent before", ""), new Effect.Silence())
                .fails(target.awaitedIn(), "deadline"));
        all.add(fault(name(target, "late"), message, text(target, "delays", ""), LATE)
                .survived());
        all.add(fault(
                        name(target, "byte-by-byte"),
                        message,
                        text(target, "sends", " octet by octet"),
                        new Effect.Pieces(1, Duration.ZERO))
                .survived());
        all.add(fault(
                        name(target, "drip"),
                        message,
                        text(target, "sends", " at one octet a second"),
                        new Effect.Pieces(1, DRIP))
                .fails(target.awaitedIn(), "deadline"));
        all.add(fault(
                        name(target, "early-close"),
                        message,
                        text(target, "closes instead of sending", ""),
                        new Effect.EndBefore(false))
                .fails(target.awaitedIn(), "early-close"));
        all.add(fault(
                        name(target, "reset"),
                        message,
                        text(target, "resets instead of sending", ""),
                        new Effect.EndBefore(true))
                .fails(target.awaitedIn(), "io"));
        FaultBuilder twice =
                fault(name(target, "duplicate"), message, text(target, "sends", " twice"), new Effect.Repeat(2));
        all.add(target.twice().isEmpty() ? twice.survived() : twice.fails(target.twiceIn(), target.twice()));
        all.add(fault(
                        name(target, "cut-off"),
                        message,
                        text(target, "sends the first half of", " and closes"),
                        new Effect.Rewrite(frame -> Arrays.copyOf(frame, frame.length / 2)),
                        new Effect.EndAfter(false))
                .fails(target.awaitedIn(), "early-close"));
    }

    private static void sizes(Target target, List<Fault> all) {
        ServerMessage message = target.message();
        all.add(rewrite(
                        name(target, "garbage"),
                        message,
                        text(target, "sends other octets instead of", ""),
                        frame -> target.isJson() ? jsonGarbage() : ActiveFaults.filled(0xEE, frame.length))
                .fails(target.awaitedIn(), "malformed-pdu"));
        if (target.isDer()) {
            derSizes(target, all);
            return;
        }
        if (target.isJson()) {
            all.add(rewrite(
                            name(target, "oversized"),
                            message,
                            text(target, "sends", " with a megabyte of text and no end"),
                            frame -> ActiveFaults.filled('{', JSON_OVERSIZE))
                    .fails("malformed-pdu"));
            all.add(rewrite(
                            name(target, "truncated"),
                            message,
                            text(target, "ends", " in the middle"),
                            frame -> Frames.octet(Arrays.copyOf(frame, frame.length / 2), -1, 0))
                    .fails("malformed-pdu"));
            return;
        }
        all.add(rewrite(
                        name(target, "oversized"),
                        message,
                        text(target, "adds 30000 octets to", ""),
                        frame -> Frames.tpktLength(
                                Arrays.copyOf(frame, frame.length + OVERSIZE), frame.length + OVERSIZE))
                .fails(target.awaitedIn(), "malformed-pdu"));
        all.add(rewrite(
                        name(target, "truncated"),
                        message,
                        text(target, "takes the last octets off", ", and says so in its TPKT header"),
                        frame -> Frames.tpktLength(Arrays.copyOf(frame, frame.length - 3), frame.length - 3))
                .fails(target.awaitedIn(), "malformed-pdu"));
        all.add(rewrite(
                        name(target, "length-too-small"),
                        message,
                        text(target, "says a TPKT length of 3 for", ""),
                        frame -> Frames.tpktLength(frame, 3))
                .fails(target.awaitedIn(), "malformed-pdu"));
        all.add(fault(
                        name(target, "length-too-large"),
                        message,
                        text(target, "says a TPKT length of 65535 for", ", and falls silent"),
                        new Effect.Rewrite(frame -> Frames.tpktLength(frame, 0xFFFF)),
                        new Effect.SilenceAfter())
                .fails(target.awaitedIn(), "deadline"));
    }

    private static void derSizes(Target target, List<Fault> all) {
        ServerMessage message = target.message();
        all.add(rewrite(
                        name(target, "oversized"),
                        message,
                        text(target, "says a length of eight megabytes for", ""),
                        frame -> Frames.join(Frames.derHeader(0x7FFFFF), Frames.derContents(frame)))
                .fails("malformed-pdu"));
        all.add(rewrite(name(target, "truncated"), message, text(target, "takes the last octets off", ""), frame -> {
                    byte[] contents = Frames.derContents(frame);
                    return Frames.der(Arrays.copyOf(contents, contents.length - 3));
                })
                .fails("malformed-pdu"));
        all.add(rewrite(
                        name(target, "length-too-small"),
                        message,
                        text(target, "says a length of 3 for", ""),
                        frame -> Frames.join(Frames.derHeader(3), Frames.derContents(frame)))
                .fails("malformed-pdu"));
        all.add(fault(
                        name(target, "length-too-large"),
                        message,
                        text(target, "says a length of 60000 for", ", and falls silent"),
                        new Effect.Rewrite(frame -> Frames.join(Frames.derHeader(60_000), Frames.derContents(frame))),
                        new Effect.SilenceAfter())
                .fails("deadline"));
        all.add(rewrite(
                        name(target, "indefinite-length"),
                        message,
                        text(target, "says no definite length for", ""),
                        frame -> Frames.join(new byte[] {0x30, (byte) 0x80}, Frames.derContents(frame), new byte[2]))
                .fails("malformed-pdu"));
    }

    private static byte[] jsonGarbage() {
        return Frames.join(ActiveFaults.filled(0xEE, 60), new byte[1]);
    }
}
