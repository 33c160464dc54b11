/** Proxies on the way: HTTP CONNECT with Basic and NTLM, and SOCKS5. */
package porthole.transport.proxy;
