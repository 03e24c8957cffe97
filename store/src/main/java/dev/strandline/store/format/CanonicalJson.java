package dev.strandline.store.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.core.repository.DamageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * Small JSON documents with a {@code checksum} field, the SHA-256 of the document without it. Written in one way only;
 * a reader encodes what it understood and compares bytes, so no bit of it can change unnoticed.
 */
final class CanonicalJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private CanonicalJson() {}

    static byte[] encode(Consumer<ObjectNode> fields) {
        var json = MAPPER.createObjectNode();
        fields.accept(json);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(MAPPER.writeValueAsBytes(json));
            json.put("checksum", HexFormat.of().formatHex(digest));
            return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JSON document of texts and numbers can be written", impossible);
        }
    }

    static JsonNode decode(String name, byte[] bytes) throws DamageException {
        try {
            var json = MAPPER.readTree(bytes);
            if (json == null || !json.isObject()) {
                throw new DamageException(name, "it is not a JSON object");
            }
            return json;
        } catch (IOException e) {
            throw new DamageException(name, "it is not JSON");
        }
    }
}
