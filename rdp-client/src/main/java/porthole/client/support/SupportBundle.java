package porthole.client.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import porthole.client.capture.BundleFile;
import porthole.client.capture.SafeTranscript;
import porthole.client.safe.Pseudonyms;

/**
 * Everything of one command that may help somebody else to find out why it failed, as a ZIP file.
 *
 * <p>It holds no secret and no name, because only numbers, constants of the specifications, words of this program and
 * pseudonyms get in, each through a list of what may. What has no harmless form is left out, and {@code left-out.json} says so.
 * Thread-safe.
 */
public final class SupportBundle {
    private static final int FORMAT = 1;
    private static final ObjectWriter LINE = new ObjectMapper().writer();
    private static final ObjectWriter PRETTY = new ObjectMapper().writerWithDefaultPrettyPrinter();
    private static final String READ_ME = """
            A support bundle of porthole: what one command saw.

            about.json                  which versions ran where, with which options, and how it ended
            rdp-file.json               what is wrong or dangerous in the connection file, where there was one
            attempt-N/result.jsonl      stages with their times, negotiations, and the failure
            attempt-N/findings.json     causes that come into question, the likeliest first
            attempt-N/certificates.json what the certificates were like that were shown
            attempt-N/connection-M.porthole   what went over the line, for porthole replay, decode and explain
            left-out.json               what could not be made harmless and is therefore not in here

            Passwords, tokens, keys, cookies, what was typed, what was on the screen, and the names of people, hosts,
            domains, tenants and addresses are not in here. host-1 is the same host wherever it stands; asterisks stand
            for as many characters. Read it with: porthole explain FILE.zip, porthole replay FILE.zip
            """;

    private final Pseudonyms names = new Pseudonyms();
    private final List<SupportAttempt> attempts = new ArrayList<>();
    private final Map<String, Object> about = new LinkedHashMap<>();
    private final List<Map<String, Object>> lint = new ArrayList<>();
    private boolean linted;

    /** @param command one of this program's commands */
    public SupportBundle(String command) {
        about.put("porthole-support", FORMAT);
        about.put("command", command);
    }

    /** Begins another attempt. */
    public SupportAttempt attempt() {
        SupportAttempt attempt = new SupportAttempt(names);
        synchronized (attempts) {
            attempts.add(attempt);
        }
        return attempt;
    }

    /** Says something of the program itself; neither the name nor the value comes from a user or a peer. */
    public void about(String name, Object value) {
        synchronized (about) {
            about.put(name, value);
        }
    }

    /**
     * Adds a finding about the connection file.
     *
     * @param key a key that this program knows; empty for none
     * @param code of the finding
     */
    public void lint(String severity, int line, String key, String code) {
        Map<String, Object> finding = new LinkedHashMap<>();
        finding.put("severity", severity);
        finding.put("line", line);
        finding.put("key", key);
        finding.put("code", code);
        synchronized (lint) {
            lint.add(finding);
        }
    }

    /** There was a connection file, whether anything was found or not. */
    public void linted() {
        linted = true;
    }

    /** Writes the ZIP file; what is still running is written as far as it got. */
    public void writeTo(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        file(zip, "README.txt", READ_ME.getBytes(StandardCharsets.UTF_8));
        synchronized (about) {
            json(zip, BundleFile.ABOUT, about);
        }
        if (linted) {
            synchronized (lint) {
                json(zip, "rdp-file.json", lint);
            }
        }
        Map<String, Object> leftOut = new TreeMap<>();
        List<SupportAttempt> all;
        synchronized (attempts) {
            all = List.copyOf(attempts);
        }
        for (int i = 0; i < all.size(); i++) {
            String folder = "attempt-" + (i + 1);
            leftOut.put(folder, attempt(zip, folder + "/", all.get(i)));
        }
        json(zip, "left-out.json", leftOut);
        zip.finish();
    }

    private static Map<String, Object> attempt(ZipOutputStream zip, String folder, SupportAttempt attempt)
            throws IOException {
        StringBuilder result = new StringBuilder();
        for (Map<String, Object> row : attempt.rows()) {
            result.append(LINE.writeValueAsString(row)).append('\n');
        }
        if (!attempt.hasFailed()) {
            result.append("{\"event\":\"result\",\"ok\":true}\n");
        }
        file(zip, folder + BundleFile.RESULT, result.toString().getBytes(StandardCharsets.UTF_8));
        json(zip, folder + BundleFile.FINDINGS, attempt.findings());
        Map<String, Object> leftOut = new LinkedHashMap<>();
        leftOut.put("facts", attempt.factsLeftOut());
        leftOut.put("texts", "what was seen, expected and advised in words: porthole explain says the last two again");
        List<Object> certificates = new ArrayList<>();
        List<SafeTranscript> transcripts = attempt.transcripts();
        for (int i = 0; i < transcripts.size(); i++) {
            String name = "connection-" + (i + 1);
            file(zip, folder + name + BundleFile.RECORDING, transcripts.get(i).recording());
            leftOut.put("messages of " + name, transcripts.get(i).leftOut());
            certificates.addAll(transcripts.get(i).certificates());
        }
        json(zip, folder + "certificates.json", certificates);
        return leftOut;
    }

    private static void json(ZipOutputStream zip, String name, Object value) throws IOException {
        file(zip, name, PRETTY.writeValueAsBytes(value));
    }

    private static void file(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
