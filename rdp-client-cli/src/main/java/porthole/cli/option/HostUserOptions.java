package porthole.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.host.nla.HostUser;
import porthole.host.nla.KerberosKeys;
import porthole.host.nla.NlaHost;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.wire.Bytes;
import porthole.transport.Credentials;
import porthole.transport.Secret;

/** Whom the built-in host lets in by network level authentication. */
public final class HostUserOptions {
    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "For nla and --avd: the user, for nla with or without DOMAIN\\.")
    String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "For nla and --avd: read the user's password from a file.")
    String passwordFile;

    @Option(
            names = "--password-hash-file",
            paramLabel = "FILE",
            description = "For nla: read the user's NT hash, 32 hexadecimal digits, from a file.")
    String hashFile;

    @Option(
            names = "--keytab",
            paramLabel = "FILE",
            description = "For nla: take Kerberos tickets for the services in this keytab, whoever they are for.")
    Path keytab;

    @Option(names = "--no-ntlm", description = "For nla: take Kerberos alone.")
    boolean noNtlm;

    /** The rules of network level authentication; {@code work} is where its files may wait. */
    public NlaHost nla(Surroundings surroundings, Executor work) {
        if (noNtlm && keytab == null) {
            throw new UsageException("--no-ntlm needs a --keytab: nothing else would be left");
        }
        if (user == null && keytab == null) {
            throw new UsageException(
                    "--security nla needs somebody to let in: give --user with --password-file, or a --keytab");
        }
        NlaHost host = NlaHost.of(users(surroundings), work);
        try {
            host = keytab == null ? host : host.withKerberos(KerberosKeys.of(keytab));
        } catch (LocalFailure e) {
            throw new UsageException("--keytab: " + e.getMessage(), e);
        }
        return noNtlm ? host.withoutNtlm() : host;
    }

    /** The user and password of a broker's resource; nobody where none is given. */
    public Credentials credentials(Surroundings surroundings) {
        if (user == null) {
            return Credentials.NONE;
        }
        if (passwordFile == null) {
            throw new UsageException("--user needs --password-file");
        }
        return new Credentials(user, "", new SecretReader(surroundings).fromFile("--password-file", passwordFile));
    }

    private List<HostUser> users(Surroundings surroundings) {
        List<HostUser> users = new ArrayList<>();
        if (user == null) {
            return users;
        }
        if (passwordFile == null == (hashFile == null)) {
            throw new UsageException("--user needs --password-file or --password-hash-file, one of them");
        }
        int backslash = user.indexOf('\\');
        String domain = backslash > 0 ? user.substring(0, backslash) : "";
        users.add(new HostUser(user.substring(backslash + 1), domain, hash(new SecretReader(surroundings))));
        return users;
    }

    private Bytes hash(SecretReader secrets) {
        if (passwordFile != null) {
            return Ntlm.ntHash(secrets.fromFile("--password-file", passwordFile).reveal());
        }
        Secret hash = secrets.fromFile("--password-hash-file", hashFile);
        if (!hash.reveal().matches("[0-9A-Fa-f]{32}")) {
            throw new UsageException("--password-hash-file: an NT hash has 32 hexadecimal digits");
        }
        return Bytes.hex(hash.reveal());
    }
}
