package porthole.client.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaptureTest {
    private static final Path FIXTURES = CaptureDecoderTest.FIXTURES;

    @TempDir
    Path folder;

    @Test
    void readsARecordedFolderWithItsTlsAndCertificate() throws IOException {
        Path recording = FIXTURES.resolve("freerdp-nla-shadow/ntlm-ok");
        Capture capture = Capture.open(recording);
        assertThat(capture.origin()).isEqualTo(Capture.Origin.FIRST_OCTET);
        assertThat(capture.stream(Direction.CLIENT_TO_SERVER).toArray())
                .isEqualTo(Files.readAllBytes(recording.resolve("c2s.bin")));
        assertThat(capture.stream(Direction.SERVER_TO_CLIENT).toArray())
                .isEqualTo(Files.readAllBytes(recording.resolve("s2c.bin")));
        Capture.Mark tls = capture.tls().orElseThrow();
        assertThat(tls.clientOffset()).isEqualTo(43);
        assertThat(tls.serverOffset()).isEqualTo(19);
        assertThat(tls.facts()).containsEntry("version", "TLSv1.3");
        assertThat(capture.serverCertificate().orElseThrow().at(0)).isEqualTo(0x30);
    }

    @Test
    void readsFreerdpsOwnDumpWhichBeginsAtMcs() throws IOException {
        Capture capture = Capture.open(FIXTURES.resolve("freerdp-aad/freerdp-client.dump"));
        assertThat(capture.origin()).isEqualTo(Capture.Origin.MCS_CONNECT);
        List<DecodedPdu> pdus = CaptureDecoder.decode(capture);
        assertThat(pdus).hasSameSizeAs(capture.chunks());
        assertThat(pdus.stream().limit(3).map(DecodedPdu::name))
                .containsExactly("ConnectInitial", "ConnectResponse", "ErectDomainRequest");
        assertThat(pdus).allMatch(pdu -> pdu.problem().isEmpty());
        assertThat(pdus.get(0).direction()).isEqualTo(Direction.CLIENT_TO_SERVER);
        assertThat(FreerdpDump.checkValue(3)).isEqualTo(0x492F0276);
        assertThat(FreerdpDump.checkValue(1000)).isEqualTo(0x492F023F);
    }

    @Test
    void groupsSinglePduFilesByConnection() throws IOException {
        Path negotiation = FIXTURES.resolve("negotiation");
        Map<String, Capture> all = Capture.openAll(negotiation);
        assertThat(all).hasSizeGreaterThan(46).containsKey("07-default-shadow-rdp-c2");
        int octets = 0;
        for (Map.Entry<String, Capture> each : all.entrySet()) {
            for (DecodedPdu pdu : CaptureDecoder.decode(each.getValue())) {
                assertThat(pdu.problem()).as("%s %s", each.getKey(), pdu.name()).isEmpty();
                octets += pdu.length();
            }
        }
        assertThat(octets).isGreaterThan(10_000);
        Capture one = Capture.open(negotiation.resolve("13-sec-tls-xrdp-tls-c0"));
        assertThat(one.tls().orElseThrow().serverOffset()).isEqualTo(19);
        assertThat(CaptureDecoder.decode(Capture.open(negotiation.resolve("43-pcb-pcid-sink-c0"))))
                .first()
                .matches(pdu -> pdu.name().equals("PreconnectionPdu"));
        assertThatThrownBy(() -> Capture.open(negotiation))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("name one");
        assertThatThrownBy(() -> Capture.open(negotiation.resolve("nothing")))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("no connection of that name");
    }

    @Test
    void everyCutOfADumpIsRefusedWithItsPlace() throws IOException {
        byte[] dump = Files.readAllBytes(FIXTURES.resolve("freerdp-aad/freerdp-client.dump"));
        int first = FreerdpDump.HEADER + (dump[13] & 0xFF | (dump[14] & 0xFF) << 8);
        for (int cut = FreerdpDump.HEADER; cut < first + FreerdpDump.HEADER; cut++) {
            if (cut == first) {
                continue;
            }
            Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(dump, cut));
            assertThatThrownBy(() -> Capture.open(file))
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining(
                            cut < first
                                    ? "offset 0: the dump is cut off"
                                    : "offset " + first + ": the dump is cut off");
        }
    }

    static List<String> brokenRecordings() {
        String head = "{\"porthole-recording\":1,\"start\":\"first-octet\"}\n";
        return List.of(
                "{\"porthole-recording\":2}\n|line 1: recording format 2",
                "{\"porthole-recording\":1,\"start\":\"middle\"}\n|line 1: start \"middle\"",
                head + "{\"t\":0.1,\"dir\":\"c2s\",\"data\":\"AAEC\"|line 2: the recording is cut off",
                head + "nonsense\n|line 2: not JSON",
                head + "[]\n|line 2: not a JSON object",
                head + "{\"dir\":\"c2s\",\"data\":\"AAEC\"}\n|line 2: no member t",
                head + "{\"t\":1,\"dir\":\"up\",\"data\":\"AAEC\"}\n|line 2: neither a mark nor octets",
                head + "{\"t\":1,\"dir\":\"c2s\",\"data\":\"A!\"}\n|line 2: data is not Base64",
                head + "{\"t\":1,\"dir\":\"c2s\",\"data\":\"\"}\n{\"t\":0.5,\"mark\":\"x\"}\n|line 3: t goes back",
                head + "{\"t\":1,\"mark\":\"tls\",\"chain\":[]}\n|line 2: the fact chain",
                head + "{\"t\":1,\"mark\":\"end\"}\n{\"t\":2,\"mark\":\"tls\"}\n|line 3: a line behind the mark");
    }

    @ParameterizedTest
    @MethodSource("brokenRecordings")
    void saysWhichLineOfARecordingIsWrong(String test) throws IOException {
        int bar = test.lastIndexOf('|');
        Path file = Files.writeString(folder.resolve("broken"), test.substring(0, bar), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Capture.open(file))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining(test.substring(bar + 1));
    }

    @Test
    void refusesWhatIsNoCapture() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "hello, this is no capture at all");
        assertThatThrownBy(() -> Capture.open(text)).hasMessageContaining("neither a Porthole recording");
        Path empty = Files.writeString(folder.resolve("empty"), "");
        assertThatThrownBy(() -> Capture.open(empty)).hasMessageContaining("the file is empty");
        assertThatThrownBy(() -> Capture.open(folder)).hasMessageContaining("timing.json");
        assertThatThrownBy(() -> Capture.open(folder.resolve("missing"))).hasMessageContaining("no such file");
    }

    @Test
    void aRecordingWithoutItsLastLineIsReadButNotComplete() throws IOException {
        Path file = Files.writeString(
                folder.resolve("killed"),
                "{\"porthole-recording\":1}\n{\"t\":0.25,\"dir\":\"s2c\",\"data\":\"AwAABw==\"}\n");
        Capture capture = Capture.open(file);
        assertThat(capture.complete()).isFalse();
        assertThat(capture.chunks()).hasSize(1);
        assertThat(capture.chunks().get(0).at()).isEqualTo(Duration.ofMillis(250));
        assertThat(capture.stream(Direction.SERVER_TO_CLIENT).toHex()).isEqualTo("03000007");
    }
}
