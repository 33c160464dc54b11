package porthole.host.session;

import porthole.protocol.gcc.ClientCoreData;

/** Which colour depth a session gets: the one that the client asks for, or the next lower one that both can. */
final class ColourDepth {
    private static final int[] DEPTHS = {32, 24, 16, 15, 8};

    private ColourDepth() {}

    static int choose(ClientCoreData core, int most) {
        int wanted = core.requestedColorDepth();
        for (int depth : DEPTHS) {
            if (depth <= most && depth <= wanted && supported(core, depth, wanted)) {
                return depth;
            }
        }
        return 8;
    }

    private static boolean supported(ClientCoreData core, int depth, int wanted) {
        if (depth == wanted || depth == 8 || core.supportedColorDepths().isEmpty()) {
            return true;
        }
        int flag = switch (depth) {
            case 32 -> ClientCoreData.RNS_UD_32BPP_SUPPORT;
            case 24 -> ClientCoreData.RNS_UD_24BPP_SUPPORT;
            case 16 -> ClientCoreData.RNS_UD_16BPP_SUPPORT;
            default -> ClientCoreData.RNS_UD_15BPP_SUPPORT;
        };
        return (core.supportedColorDepths().getAsInt() & flag) != 0;
    }
}
