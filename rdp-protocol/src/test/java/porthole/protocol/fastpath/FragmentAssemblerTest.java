package porthole.protocol.fastpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class FragmentAssemblerTest {
    private final FragmentAssembler assembler = new FragmentAssembler(10);

    private static WireReader part(int octets) {
        return WireReader.of(new byte[octets], "part", "test");
    }

    @Test
    void onlyTheLastFragmentMakesAWhole() {
        assertThat(assembler.accept(1, FastPathUpdate.FIRST, part(3))).isEmpty();
        assertThat(assembler.accept(1, FastPathUpdate.NEXT, part(3))).isEmpty();
        WireReader whole = assembler.accept(1, FastPathUpdate.LAST, part(4)).orElseThrow();
        assertThat(whole.rest("all")).isEqualTo(Bytes.of(new byte[10]));
        assertThat(assembler.accept(2, FastPathUpdate.SINGLE, part(10))).isPresent();
    }

    @Test
    void fragmentsOutOfOrderAreRefused() {
        for (int fragmentation : new int[] {FastPathUpdate.NEXT, FastPathUpdate.LAST}) {
            assertThatThrownBy(() -> new FragmentAssembler(10).accept(1, fragmentation, part(1)))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("no update has begun");
        }
        assembler.accept(1, FastPathUpdate.FIRST, part(1));
        for (int fragmentation : new int[] {FastPathUpdate.SINGLE, FastPathUpdate.FIRST}) {
            assertThatThrownBy(() -> assembler.accept(1, fragmentation, part(1)))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("unfinished");
        }
        assertThatThrownBy(() -> assembler.accept(2, FastPathUpdate.NEXT, part(1)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("updateCode");
        assembler.reset();
        assertThat(assembler.accept(2, FastPathUpdate.SINGLE, part(1))).isPresent();
    }

    @Test
    void moreThanTheMaximumIsRefusedBeforeItIsHeld() {
        assertThatThrownBy(() -> assembler.accept(1, FastPathUpdate.SINGLE, part(11)))
                .isInstanceOf(WireException.class);
        assembler.accept(1, FastPathUpdate.FIRST, part(10));
        assertThatThrownBy(() -> assembler.accept(1, FastPathUpdate.NEXT, part(1)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("at most 10");
    }
}
