package porthole.protocol.x224;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import porthole.protocol.DecoderLaws;
import porthole.protocol.Recorded;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;

class ConnectionConfirmTest {
    private static final String RESPONSE = "03 00 00 13 0e d0 0000 1234 00 02 1f 0800 10000000";
    private final DecoderLaws laws =
            new DecoderLaws("ConnectionConfirm", frame -> ConnectionConfirm.decode(frame, null));

    @Test
    void keepsEveryRecordedConfirmAndReadsItAsTheRecorderDid() {
        List<Recorded> confirms = Recorded.all(row -> row.kind().startsWith("x224-cc"));
        assertThat(confirms).hasSizeGreaterThan(160);
        for (Recorded recorded : confirms) {
            ConnectionConfirm confirm = (ConnectionConfirm) laws.keeps(recorded.octets());
            var nego = recorded.detail().path("nego");
            if (!nego.isObject()) {
                assertThat(confirm.negotiation()).as(recorded.toString()).isEmpty();
                continue;
            }
            Negotiation negotiation = confirm.negotiation().orElseThrow();
            assertThat(negotiation.flags()).isEqualTo(nego.path("flags").asInt());
            int value = nego.path("value").asInt();
            if (nego.path("type").asText().equals("failure")) {
                assertThat(negotiation).isEqualTo(new NegotiationFailure(value));
            } else {
                assertThat(((NegotiationResponse) negotiation)
                                .selectedProtocol()
                                .bits())
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void readsTheAnswerOfAWindowsLikeHost() {
        ConnectionConfirm confirm =
                (ConnectionConfirm) laws.keeps(Bytes.hex(RESPONSE).toArray());
        assertThat(confirm.srcRef()).isEqualTo(0x1234);
        assertThat(confirm.negotiation()).contains(new NegotiationResponse(0x1F, SecurityProtocols.RDSAAD));
    }

    @Test
    void explainsEveryFailureCode() {
        List<String> names = new ArrayList<>();
        for (int code = 1; code <= 7; code++) {
            NegotiationFailure failure = new NegotiationFailure(code);
            names.add(failure.name());
            assertThat(failure.meaning()).isNotBlank();
            assertThat(failure.remedy()).isNotBlank();
            assertThat(laws.keeps(ConnectionConfirm.of(failure).toByteArray()))
                    .isEqualTo(ConnectionConfirm.of(failure));
        }
        assertThat(names)
                .containsExactly(
                        "SSL_REQUIRED_BY_SERVER",
                        "SSL_NOT_ALLOWED_BY_SERVER",
                        "SSL_CERT_NOT_ON_SERVER",
                        "INCONSISTENT_FLAGS",
                        "HYBRID_REQUIRED_BY_SERVER",
                        "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER",
                        "unknown");
    }

    @Test
    void keepsAnAnswerOfAnUnknownTypeAndWhatFollows() {
        ConnectionConfirm confirm = (ConnectionConfirm) laws.keeps(
                Bytes.hex("03000013 0e d0 0000 0000 00 05 00 0600 abcd eeff").toArray());
        assertThat(confirm.negotiation()).contains(new Negotiation.Unknown(5, 0, Bytes.hex("abcd")));
        assertThat(confirm.trailing()).isEqualTo(Bytes.hex("eeff"));
    }

    @Test
    void refusesAWrongTpktLengthAtItsPlace() {
        byte[] wire = Bytes.hex(RESPONSE).toArray();
        wire[3]--;
        assertThatThrownBy(() -> decode(wire)).isInstanceOfSatisfying(WireException.class, e -> {
            assertThat(e.pdu()).isEqualTo("ConnectionConfirm");
            assertThat(e.field()).isEqualTo("tpktHeader.length");
        });
    }

    @Test
    void refusesAWrongLengthOfTheNegotiation() {
        byte[] wire = Bytes.hex(RESPONSE).toArray();
        wire[13] = 9;
        assertThatThrownBy(() -> decode(wire)).isInstanceOfSatisfying(WireException.class, e -> {
            assertThat(e.field()).isEqualTo("negotiation.length");
            assertThat(e.offset()).isEqualTo(13);
            assertThat(e.seen()).isEqualTo("0x9");
            assertThat(e.section()).isEqualTo("MS-RDPBCGR 2.2.1.2");
        });
    }

    @Test
    void saysWhichTpduCameInstead() {
        assertThatThrownBy(() -> decode("0300000b 06 80 0000 0000 01"))
                .hasMessageContaining("disconnect request TPDU (DR)");
        assertThatThrownBy(() -> decode("03000009 02 f0 80 2180")).hasMessageContaining("data TPDU (DT)");
        assertThatThrownBy(() -> decode("48545450 2f312e31 20343030")).hasMessageContaining("an HTTP message");
    }

    @Test
    void survivesTruncationAndMutation() {
        byte[] wire = Bytes.hex(RESPONSE).toArray();
        laws.refusesEveryTruncation(wire);
        laws.survivesEveryTruncation(wire, X224Samples::relength);
        laws.survivesMutations(wire, 3000, 3, X224Samples::relength);
        laws.survivesMutations(wire, 1000, 4, same -> same);
    }

    private static ConnectionConfirm decode(String hex) {
        return decode(Bytes.hex(hex).toArray());
    }

    private static ConnectionConfirm decode(byte[] wire) {
        return ConnectionConfirm.decode(Unpooled.wrappedBuffer(wire), null);
    }
}
