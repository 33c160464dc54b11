package porthole.aad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.aad.json.Base64Url;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

class PopKeyTest {
    private static PopKey key;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeKey() {
        key = PopKey.generate(new SecureRandom(), ForkJoinPool.commonPool()).join();
    }

    /** The key of RFC 7638 section 3.1, and its wrapped form as calculated independently. */
    @Test
    void hasTheThumbprintOfTheRfc() {
        String n =
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3"
                        + "oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu"
                        + "6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
        String thumbprint = PopKey.thumbprint("AQAB", n);
        assertThat(thumbprint).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
        assertThat(PopKey.reqCnf(thumbprint))
                .isEqualTo("eyJraWQiOiJOemJMc1hoOHVEQ2NkLTZNTndYRjRXXzdub1dYRlpBZkhreFpzUkdDOVhzIn0");
    }

    /** The example of MS-RDPBCGR 4.11.4. */
    @Test
    void wrapsAThumbprintAsTheSpecificationShows() {
        assertThat(PopKey.reqCnf("91Sc1CyFd0I_us1pcf0rsI-4FroajtMewJJNKIAk-Kc"))
                .isEqualTo("eyJraWQiOiI5MVNjMUN5RmQwSV91czFwY2YwcnNJLTRGcm9hanRNZXdKSk5LSUFrLUtjIn0");
    }

    @Test
    void isA2048BitKeyWithoutASignOctet() {
        assertThat(key.publicKey().getModulus().bitLength()).isEqualTo(2048);
        assertThat(key.e()).isEqualTo("AQAB");
        assertThat(Base64Url.decode(key.n()).orElseThrow()).hasSize(256);
        assertThat(key.thumbprint()).hasSize(43);
        assertThat(key.reqCnf()).hasSize(71);
    }

    @Test
    void comesBackFromBothFileForms() throws Exception {
        for (String name : new String[] {"key.pem", "key.jwk"}) {
            Path file = folder.resolve(name);
            key.write(file);
            PopKey read = PopKey.read(file);
            assertThat(read.thumbprint()).isEqualTo(key.thumbprint());
            assertThat(read.sign(new byte[] {1})).isEqualTo(key.sign(new byte[] {1}));
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(Files.readString(folder.resolve("key.pem"))).startsWith("-----BEGIN PRIVATE KEY-----\n");
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void refusesUnusableKeysWithoutShowingThem() throws Exception {
        KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
        small.initialize(1024);
        KeyPair pair = small.generateKeyPair();
        assertThatThrownBy(() -> PopKey.of(pair)).hasMessageContaining("1024 bits");
        String pem = key.toPem();
        String jwk = key.toJwk();
        String publicOnly = "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + key.n() + "\"}";
        String secret = jwk.replaceAll(".*\"d\":\"([^\"]{20}).*", "$1");
        for (String text : new String[] {
            "",
            "secret-text",
            pem.substring(0, 200),
            "-----BEGIN PRIVATE KEY-----END PRIVATE KEY-----",
            pem.replace("PRIVATE KEY", "RSA PRIVATE KEY"),
            publicOnly,
            jwk.substring(0, 300),
            "{\"kty\":\"RSA\",\"d\":\"" + secret + "\"}",
            pem.replaceFirst("[A-Z]{2}", "!!")
        }) {
            assertThatThrownBy(() -> PopKey.parse(text)).isInstanceOfSatisfying(LocalFailure.class, f -> {
                assertThat(f.stage()).contains(Stage.TOKEN);
                assertThat(f.causeName()).isEqualTo("pop-key");
                assertThat(f.getMessage()).doesNotContain(secret, "secret-text", key.n());
                assertThat(f.getCause()).isNull();
            });
        }
        assertThatThrownBy(() -> PopKey.read(folder.resolve("none.pem")))
                .isInstanceOf(RdpFailure.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void showsTheThumbprintOnly() {
        assertThat(key).hasToString("PopKey[" + key.thumbprint() + "]");
    }
}
