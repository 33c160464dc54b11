package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import porthole.protocol.drdynvc.CapabilitiesRequest;
import porthole.protocol.drdynvc.CapabilitiesResponse;
import porthole.protocol.drdynvc.ChannelId;
import porthole.protocol.drdynvc.Close;
import porthole.protocol.drdynvc.CreateRequest;
import porthole.protocol.drdynvc.CreateResponse;
import porthole.protocol.drdynvc.Data;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.drdynvc.SoftSyncRequest;
import porthole.protocol.drdynvc.SoftSyncResponse;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class DynamicChannelsTest {
    private final List<DynamicPdu> sent = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final DynamicChannels channels = new DynamicChannels(
            List.of(new Echo("echo", false), new Echo("vital", true)), (name, detail) -> notes.add(name));

    /** Says back what it hears, up to 4000 octets. */
    private final class Echo implements DynamicChannel {
        private final String name;
        private final boolean essential;

        Echo(String name, boolean essential) {
            this.name = name;
            this.essential = essential;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int maximumMessage() {
            return 4000;
        }

        @Override
        public boolean isEssential() {
            return essential;
        }

        @Override
        public void opened(Sink out) {
            heard.add(name + " opened");
        }

        @Override
        public void received(WireReader message, Sink out) {
            heard.add(name + " " + message.remaining());
            out.send(message.rest("message"));
        }

        @Override
        public void closed() {
            heard.add(name + " closed");
        }
    }

    @Test
    void aChannelOpensSpeaksAndCloses() {
        receive(CapabilitiesRequest.of(3));
        receive(CreateRequest.of(7, "echo"));
        receive(CreateRequest.of(300, "unknown"));
        Bytes message = Bytes.of(new byte[4000]);
        Data.split(ChannelId.of(7), message).forEach(this::receive);
        assertThat(heard).containsExactly("echo opened", "echo 4000");
        assertThat(sent.get(0)).isEqualTo(CapabilitiesResponse.of(3));
        assertThat(((CreateResponse) sent.get(1)).creationStatus()).isZero();
        assertThat(((CreateResponse) sent.get(2)).creationStatus()).isNegative();
        assertThat(sent.subList(3, sent.size())).isEqualTo(Data.split(ChannelId.of(7), message));
        sent.clear();
        receive(Close.of(ChannelId.of(7)));
        receive(Close.of(ChannelId.of(7)));
        receive(new Data(false, 0, ChannelId.of(7), message));
        assertThat(sent).containsExactly(Close.of(ChannelId.of(7)));
        assertThat(heard).endsWith("echo 4000", "echo closed");
    }

    @Test
    void aVersionThatNobodyKnowsIsAnsweredWithOurs() {
        receive(CapabilitiesRequest.of(9));
        receive(SoftSyncRequest.of(List.of()));
        assertThat(sent).containsExactly(CapabilitiesResponse.of(3), SoftSyncResponse.of(List.of()));
    }

    @Test
    void aMessageThatIsTooLongClosesItsChannelOrTheSession() {
        receive(CreateRequest.of(1, "echo"));
        receive(CreateRequest.of(2, "vital"));
        sent.clear();
        List<DynamicPdu> tooLong = Data.split(ChannelId.of(1), Bytes.of(new byte[4001]));
        receive(tooLong.get(0));
        assertThat(sent).containsExactly(Close.of(ChannelId.of(1)));
        assertThat(heard).endsWith("echo closed");
        assertThat(notes).containsExactly("channel-closed");
        DynamicPdu vital = Data.split(ChannelId.of(2), Bytes.of(new byte[4001])).get(0);
        assertThatThrownBy(() -> receive(vital)).isInstanceOf(WireException.class);
        assertThat(channels.isEssential()).isTrue();
    }

    @Test
    void theEndOfTheConnectionClosesAll() {
        receive(CreateRequest.of(1, "echo"));
        receive(CreateRequest.of(1, "vital")); // the number is given away again
        channels.closed();
        assertThat(heard).containsExactly("echo opened", "echo closed", "vital opened", "vital closed");
    }

    private void receive(DynamicPdu pdu) {
        channels.received(
                WireReader.of(pdu.toByteArray(), "drdynvc", DynamicPdu.SECTION),
                message ->
                        sent.add(DynamicPdu.decodeFromClient(WireReader.of(message, "drdynvc", DynamicPdu.SECTION))));
    }
}
