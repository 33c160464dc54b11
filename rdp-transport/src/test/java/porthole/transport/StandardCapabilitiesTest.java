package porthole.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import porthole.protocol.capability.BitmapCacheHostSupportCapabilitySet;
import porthole.protocol.capability.BitmapCacheRev2CapabilitySet;
import porthole.protocol.capability.BitmapCodec;
import porthole.protocol.capability.BitmapCodecsCapabilitySet;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.capability.DrawNineGridCapabilitySet;
import porthole.protocol.capability.FrameAcknowledgeCapabilitySet;
import porthole.protocol.capability.GlyphCacheCapabilitySet;
import porthole.protocol.capability.OffscreenCacheCapabilitySet;
import porthole.protocol.capability.OrderCapabilitySet;
import porthole.protocol.capability.SurfaceCommandsCapabilitySet;
import porthole.protocol.wire.Bytes;

class StandardCapabilitiesTest {
    private static final StandardCapabilities ORDERS = StandardCapabilities.WITHOUT_ORDERS.withOrders(OrderCaches.ALL);

    private static OrderCapabilitySet host(int... orders) {
        byte[] support = new byte[32];
        for (int order : orders) {
            support[order] = 1;
        }
        return new OrderCapabilitySet(
                Bytes.of(new byte[16]), 0, 1, 20, 0, 1, 0, 0, Bytes.of(support), 0, 0, 0, 0, 0, 0, 0, 0, Bytes.EMPTY);
    }

    private static <T extends CapabilitySet> T claimed(
            StandardCapabilities capabilities, Class<T> type, CapabilitySet... host) {
        return capabilities.confirm(ClientSettings.DEFAULT, 640, 480, List.of(host)).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    @Test
    void claimsTheOrdersThatTheHostHas() {
        OrderCapabilitySet some = claimed(ORDERS, OrderCapabilitySet.class, host(0, 3, 0x1B, 6));
        int[] claimed = new int[32];
        Arrays.setAll(claimed, some.orderSupport()::at);
        assertThat(claimed).containsOnly(0, 1);
        assertThat(claimed[0] + claimed[3] + claimed[0x1B]).isEqualTo(3);
        assertThat(Arrays.stream(claimed).sum()).as("no order has number 6").isEqualTo(3);
        assertThat(claimed(ORDERS, GlyphCacheCapabilitySet.class).glyphSupportLevel())
                .isEqualTo(GlyphCacheCapabilitySet.GLYPH_SUPPORT_ENCODE);
        assertThat(claimed(ORDERS, OffscreenCacheCapabilitySet.class)).isNotNull();
        assertThat(claimed(ORDERS, DrawNineGridCapabilitySet.class)).isNotNull();
    }

    @Test
    void claimsNothingOfThatWithoutOrders() {
        StandardCapabilities none = StandardCapabilities.WITHOUT_ORDERS;
        assertThat(claimed(none, OrderCapabilitySet.class, host(0, 1, 2)).orderSupport())
                .isEqualTo(Bytes.of(new byte[32]));
        assertThat(claimed(none, OffscreenCacheCapabilitySet.class)).isNull();
        assertThat(claimed(none, DrawNineGridCapabilitySet.class)).isNull();
        assertThat(none.withPersistentBitmaps()).isEqualTo(none);
    }

    @Test
    void bitmapsOfCodecsNeedCodecs() {
        int rev3 = OrderCapabilitySet.ORDERFLAGS_EX_CACHE_BITMAP_REV3_SUPPORT;
        assertThat(claimed(ORDERS, OrderCapabilitySet.class, host()).orderSupportExFlags() & rev3)
                .isZero();
        assertThat(claimed(ORDERS.withSurfaceCodecs(List.of(BitmapCodec.NSCODEC)), OrderCapabilitySet.class, host())
                                .orderSupportExFlags()
                        & rev3)
                .isEqualTo(rev3);
    }

    /** weston ends the session of a client without surface commands. */
    @Test
    void surfaceCommandsNeedNoCodecs() {
        StandardCapabilities bitmaps = StandardCapabilities.WITHOUT_ORDERS.withSurfaceBitmaps();
        assertThat(claimed(bitmaps, SurfaceCommandsCapabilitySet.class).cmdFlags())
                .isEqualTo(SurfaceCommandsCapabilitySet.SURFCMDS_SET_SURFACE_BITS
                        | SurfaceCommandsCapabilitySet.SURFCMDS_FRAME_MARKER
                        | SurfaceCommandsCapabilitySet.SURFCMDS_STREAM_SURFACE_BITS);
        assertThat(claimed(bitmaps, BitmapCodecsCapabilitySet.class)).isNull();
        assertThat(claimed(bitmaps, FrameAcknowledgeCapabilitySet.class)).isNotNull();
    }

    @Test
    void cachesOutliveSessionsWhereTheHostTakesThat() {
        StandardCapabilities persistent = ORDERS.withPersistentBitmaps();
        BitmapCacheRev2CapabilitySet with = claimed(
                persistent,
                BitmapCacheRev2CapabilitySet.class,
                new BitmapCacheHostSupportCapabilitySet(1, 0, 0, Bytes.EMPTY));
        assertThat(with.cacheFlags() & BitmapCacheRev2CapabilitySet.PERSISTENT_KEYS_EXPECTED_FLAG)
                .isNotZero();
        assertThat(with.bitmapCache2CellInfo()).isEqualTo(0x8000_0800L);
        BitmapCacheRev2CapabilitySet without = claimed(persistent, BitmapCacheRev2CapabilitySet.class);
        assertThat(without).isEqualTo(claimed(ORDERS, BitmapCacheRev2CapabilitySet.class));
        assertThat(without.bitmapCache2CellInfo()).isEqualTo(2048);
    }
}
