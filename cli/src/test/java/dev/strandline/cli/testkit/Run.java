package dev.strandline.cli.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a process left behind. */
public record Run(String command, int exitCode, byte[] stdoutBytes, byte[] stderrBytes) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public String stdout() {
        return new String(stdoutBytes, StandardCharsets.UTF_8);
    }

    public String stderr() {
        return new String(stderrBytes, StandardCharsets.UTF_8);
    }

    /** It ended with this code; else all it said is shown. */
    public Run exits(int code) {
        assertThat(exitCode).as("exit code of %s", this).isEqualTo(code);
        return this;
    }

    /** It ended well and had nothing to say. */
    public Run succeedsSilently() {
        exits(0);
        assertThat(stdout()).as("stdout of %s", command).isEmpty();
        assertThat(stderr()).as("stderr of %s", command).isEmpty();
        return this;
    }

    /** It ended with this code, without an answer, and stderr holds all these words. */
    public Run failsSaying(int code, String... words) {
        exits(code);
        assertThat(stdout()).as("stdout of %s", command).isEmpty();
        assertThat(stderr()).contains(words).doesNotContain("Exception", "\tat ");
        return this;
    }

    /** The one JSON document on stdout. */
    public JsonNode json() {
        var documents = jsonLines();
        assertThat(documents).as("documents of %s", this).hasSize(1);
        return documents.getFirst();
    }

    /** The JSON documents on stdout, one a line. */
    public List<JsonNode> jsonLines() {
        return parse(stdout());
    }

    /** The JSON documents on stderr, one a line. */
    public List<JsonNode> jsonErrors() {
        return parse(stderr());
    }

    private List<JsonNode> parse(String lines) {
        var documents = new ArrayList<JsonNode>();
        for (var line : lines.lines().toList()) {
            try {
                documents.add(MAPPER.readTree(line));
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: '" + line + "' from " + this, e);
            }
        }
        return documents;
    }

    @Override
    public String toString() {
        return command + "\nexit code " + exitCode + "\n--- stdout\n" + stdout() + "--- stderr\n" + stderr();
    }
}
