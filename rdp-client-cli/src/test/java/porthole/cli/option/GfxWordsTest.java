package porthole.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.cli.Shell;
import porthole.cli.base.UsageException;
import porthole.client.GraphicsOffer;
import porthole.protocol.rdpgfx.CapsSet;

class GfxWordsTest {
    private static GraphicsOffer offer(String words) {
        DesktopOptions options = new DesktopOptions();
        options.gfx = words;
        return options.graphics(new Shell().surroundings());
    }

    @Test
    void versionsAndFlagsFollowTheKind() {
        GraphicsOffer offer = offer("avc444,10.7,8,10.1,small-cache,no-scaled-maps,no-acks");
        assertThat(offer.capsSets())
                .containsExactly(
                        CapsSet.of(CapsSet.CAPVERSION_8, CapsSet.FLAG_SMALL_CACHE),
                        CapsSet.version101(),
                        CapsSet.of(CapsSet.CAPVERSION_107, CapsSet.FLAG_SMALL_CACHE | CapsSet.FLAG_SCALEDMAP_DISABLE));
        assertThat(offer.acknowledges()).isFalse();
        assertThat(offer.anyDecoder()).isTrue();
        assertThat(offer("progressive,thin-client,8.1,10.3").capsSets())
                .containsExactly(
                        CapsSet.of(CapsSet.CAPVERSION_81, CapsSet.FLAG_THINCLIENT),
                        CapsSet.of(CapsSet.CAPVERSION_103, CapsSet.FLAG_AVC_DISABLED | CapsSet.FLAG_AVC_THINCLIENT));
    }

    @Test
    void aKindAloneIsAsTheLibraryHasIt() {
        Map.of(
                        "auto", GraphicsOffer.AUTO,
                        "off", GraphicsOffer.OFF,
                        "rfx", GraphicsOffer.RFX,
                        "surface-nsc", GraphicsOffer.SURFACE_NSC)
                .forEach((word, offer) -> assertThat(offer(word)).isEqualTo(offer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off,10", "surface-rfx,small-cache", "auto,9", "auto,", "avc420,10.7", "10.7", "rfx,10.1"})
    void whatMeansNothingIsRefused(String words) {
        assertThatThrownBy(() -> offer(words))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--gfx:");
        assertThat(new Shell().run("connect", "127.0.0.1:1", "--gfx", words)).isEqualTo(2);
    }
}
