package porthole.transport.nla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import porthole.fixtures.peer.KerberosRealm;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.spnego.Oid;
import porthole.protocol.wire.Bytes;
import porthole.transport.Credentials;
import porthole.transport.Secret;

/** A client with a ticket, and hosts that answer it with nonsense. */
@Tag("interop")
@Timeout(120)
class KerberosMechanismInteropTest {
    private static final String PASSWORD = "Lab-Passw0rd";
    private static KerberosRealm realm;

    @BeforeAll
    static void start() {
        realm = KerberosRealm.start();
        realm.user("alice", PASSWORD);
        realm.service("TERMSRV/box.lab.test");
    }

    @AfterAll
    static void end() {
        if (realm != null) {
            realm.close();
        }
    }

    private static KerberosMechanism begin() {
        KerberosSettings settings = KerberosSettings.of(new KerberosSettings.Password())
                .withRealm(KerberosRealm.NAME)
                .withKdc(realm.kdc());
        return KerberosSignOn.begin(settings, new Credentials("alice", "", Secret.of(PASSWORD)), "box.lab.test");
    }

    @Test
    void beginsWithATokenOfTheServiceAndLeavesTheConfigurationAsItWas() {
        String before = System.getProperty("java.security.krb5.conf");
        KerberosMechanism mechanism = begin();
        assertThat(System.getProperty("java.security.krb5.conf")).isEqualTo(before);
        assertThat(mechanism.oids()).containsExactly(Oid.MS_KERBEROS, Oid.KERBEROS);
        assertThat(mechanism.isComplete()).isFalse();
        assertThat(mechanism.begin().toHex()).startsWith("60").contains("06092a864886f712010202" + "0100" + "6e");
        assertThat(mechanism.facts())
                .containsEntry("kerberosUser", "alice@LAB.TEST")
                .containsEntry("kerberosService", "TERMSRV/box.lab.test@LAB.TEST");
    }

    @Test
    void nonsenseEndsInOneOfTheFailures() {
        // an AP-REP in its frame that is sealed with no key
        Bytes apRep = Bytes.hex("602d" + "06092a864886f712010202" + "0200" + "6f1e" + "301c" + "a003020105"
                + "a10302010f" + "a210300e" + "a003020112" + "a207040500112233" + "44");
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 60; run++) {
            byte[] octets =
                    apRep.slice(0, run < apRep.size() ? run : apRep.size()).toArray();
            if (run >= apRep.size()) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            KerberosMechanism mechanism = begin();
            assertThatThrownBy(() -> mechanism.next(Bytes.of(octets)))
                    .as("run %d", run)
                    .isInstanceOfSatisfying(
                            RdpFailure.class,
                            failure -> assertThat(failure.report().cause()).startsWith("kerberos-"));
            assertThat(mechanism.isComplete()).isFalse();
        }
    }
}
