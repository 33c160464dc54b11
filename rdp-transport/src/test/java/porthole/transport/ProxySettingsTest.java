package porthole.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {
    @ParameterizedTest
    @CsvSource({
        "proxy.test, HTTP, proxy.test, 1080, ''",
        "proxy.test:3128, HTTP, proxy.test, 3128, ''",
        "http://proxy.test:8080/, HTTP, proxy.test, 8080, ''",
        "https://proxy.test, HTTPS, proxy.test, 443, ''",
        "socks5://me@[2001:db8::1]:99, SOCKS5, 2001:db8::1, 99, me",
        "socks5h://proxy.test, SOCKS5, proxy.test, 1080, ''",
        "SOCKS5://CORP%5Cme:x%40y@10.0.0.1, SOCKS5, 10.0.0.1, 1080, CORP\\me"
    })
    void proxiesAreReadAsCurlReadsThem(String url, ProxyServer.Kind kind, String host, int port, String user) {
        ProxyServer proxy = ProxyServer.parse(url);
        assertThat(proxy.kind()).isEqualTo(kind);
        assertThat(proxy.host()).isEqualTo(host);
        assertThat(proxy.port()).isEqualTo(port);
        assertThat(proxy.user()).isEqualTo(user);
    }

    @Test
    void aPasswordIsKnownAndNeverShown() {
        ProxyServer proxy = ProxyServer.parse("http://me:a%20b+geheim@proxy.test:1");
        assertThat(proxy.password().reveal()).isEqualTo("a b+geheim");
        assertThat(proxy + " " + ProxySettings.of(proxy)).doesNotContain("geheim");
        assertThat(proxy).hasToString("http://proxy.test:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://me:geheim@proxy.test",
                "http://me:geheim@",
                "http://me:geheim@proxy.test:99999",
                "http://me:geheim@proxy.test/path",
                "http://me:geheim@proxy.test?query",
                "http://me:geheim geheim@proxy.test",
                "http://me:geheim%0d%0aX@proxy.test",
                "socks4://me:geheim@proxy.test",
                ""
            })
    void whatIsNoProxyIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> ProxyServer.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("geheim")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, true",
        "example.com, www.Example.COM., true",
        ".example.com, www.example.com, true",
        ".example.com, example.com, true",
        "example.com, badexample.com, false",
        "example.com, example.com.evil.test, false",
        "*, anything.test, true",
        "10.0.0.0/8, 10.200.3.4, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.5, 192.0.2.5, true",
        "192.0.2.5, 192.0.2.50, false",
        "192.0.2.0/23, 192.0.3.255, true",
        "192.0.2.0/0, 8.8.8.8, true",
        "192.0.2.0/33, 192.0.2.0, false",
        "192.0.2.0/x, 192.0.2.0, false",
        "2001:db8::/32, 2001:db8:1::9, true",
        "2001:db8::/32, 2001:db9::9, false",
        "[::1], ::1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "0.2.5, 192.0.2.5, false"
    })
    void exceptionsAreReadAsCurlReadsThem(String list, String host, boolean direct) {
        assertThat(NoProxy.parse("other.test, " + list + " another.test").contains(host))
                .isEqualTo(direct);
    }

    @Test
    void theEnvironmentNamesTheProxy() {
        assertThat(ProxySettings.fromEnvironment(Map.of("http_proxy", "http://p.test")))
                .isEqualTo(ProxySettings.NONE);
        assertThat(proxy(Map.of("HTTPS_PROXY", "http://b.test", "https_proxy", "http://a.test")))
                .isEqualTo("http://a.test:1080");
        assertThat(proxy(Map.of("https_proxy", "", "ALL_PROXY", "socks5://c.test")))
                .isEqualTo("socks5://c.test:1080");
        assertThat(proxy(Map.of("https_proxy", "http://a.test", "all_proxy", "socks5://c.test")))
                .isEqualTo("http://a.test:1080");
    }

    private static String proxy(Map<String, String> environment) {
        return ProxySettings.fromEnvironment(environment)
                .before("host.test")
                .orElseThrow()
                .toString();
    }

    @Test
    void theEnvironmentsProxyIsNotForThisMachineItself() {
        ProxySettings settings =
                ProxySettings.fromEnvironment(Map.of("all_proxy", "http://a.test", "NO_PROXY", "lan.test"));
        assertThat(settings.before("localhost")).isEmpty();
        assertThat(settings.before("127.0.0.2")).isEmpty();
        assertThat(settings.before("::1")).isEmpty();
        assertThat(settings.before("host.lan.test")).isEmpty();
        assertThat(settings.before("host.test")).isPresent();
        assertThat(ProxySettings.of(ProxyServer.parse("http://a.test")).before("localhost"))
                .isPresent();
    }
}
