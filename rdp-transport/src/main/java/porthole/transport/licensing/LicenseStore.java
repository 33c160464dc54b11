package porthole.transport.licensing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import porthole.protocol.licensing.HardwareId;
import porthole.protocol.wire.Bytes;

/** Keeps the licences that hosts issued to this client; usable from any thread. */
public interface LicenseStore {
    /** Keeps nothing: every host that asks for a licence is asked for a new one. */
    LicenseStore NONE = new LicenseStore() {
        @Override
        public CompletionStage<Optional<License>> find(Product product) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletionStage<Boolean> keep(Product product, License license) {
            return CompletableFuture.completedFuture(false);
        }
    };

    /**
     * What a licence is for; all texts without their terminators.
     *
     * @param scope who issued it, for example {@code microsoft.com}
     * @param companyName of the product
     * @param productId for example {@code A02}
     */
    record Product(String scope, String companyName, String productId) {}

    /**
     * A licence as it was issued.
     *
     * @param hardwareId the device that it was issued to, which has to be named again
     * @param licenseInfo opaque to the client
     */
    record License(HardwareId hardwareId, Bytes licenseInfo) {
        /** Without the licence. */
        @Override
        public String toString() {
            return "License[" + licenseInfo.size() + " octets]";
        }
    }

    /** The licence for a product; a failure is told and the connection goes on without one. */
    CompletionStage<Optional<License>> find(Product product);

    /** Keeps a licence in the place of an earlier one for the same product; tells whether it did. */
    CompletionStage<Boolean> keep(Product product, License license);

    /** A store that lives as long as its program. */
    static LicenseStore inMemory() {
        Map<Product, License> kept = new ConcurrentHashMap<>();
        return new LicenseStore() {
            @Override
            public CompletionStage<Optional<License>> find(Product product) {
                return CompletableFuture.completedFuture(Optional.ofNullable(kept.get(product)));
            }

            @Override
            public CompletionStage<Boolean> keep(Product product, License license) {
                kept.put(product, license);
                return CompletableFuture.completedFuture(true);
            }
        };
    }
}
