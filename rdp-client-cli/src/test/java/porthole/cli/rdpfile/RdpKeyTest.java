package porthole.cli.rdpfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RdpKeyTest {
    @Test
    void theTableIsSound() {
        assertThat(RdpKey.all()).hasSizeGreaterThan(110);
        for (RdpKey key : RdpKey.all()) {
            assertThat(key.name()).matches("[a-z0-9 +-]+");
            assertThat("sib").as(key.name()).contains(String.valueOf(key.type()));
            assertThat(key.values()).as(key.name()).matches(key.type() == 'i' ? "[0-9]+([-,][0-9]+)+" : "any");
            assertThat(key.meaning()).as(key.name()).isNotBlank();
            assertThat(key.here()).as(key.name()).isNotBlank();
            if (key.type() == 'i' && !key.standard().equals("-")) {
                assertThat(key.allows(Long.parseLong(key.standard())))
                        .as(key.name())
                        .isTrue();
            }
        }
    }

    @Test
    void rangesAndListsAreKept() {
        RdpKey width = RdpKey.named("desktopwidth").orElseThrow();
        assertThat(width.allows(200) && width.allows(8192)).isTrue();
        assertThat(width.allows(199) || width.allows(8193) || width.allows(-1)).isFalse();
        RdpKey depth = RdpKey.named("session bpp").orElseThrow();
        assertThat(depth.allows(15)).isTrue();
        assertThat(depth.allows(17)).isFalse();
    }

    @Test
    void noKeyThatLoosensATrustDecisionIsUsed() {
        for (String name : new String[] {"authentication level", "negotiate security layer"}) {
            assertThat(RdpKey.named(name).orElseThrow().effect()).isEqualTo(RdpKey.Effect.IGNORED);
        }
    }
}
