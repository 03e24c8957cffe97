package dev.strandline.store.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.strandline.core.encoding.Sha256;
import dev.strandline.core.repository.DamageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Small JSON documents with a {@code checksum} field, the SHA-256 of the document without it. Written in one way only;
 * a reader encodes what it understood and compares bytes, so no bit of it can change unnoticed. Every command reads two
 * of them, so what was written here is read line by line; Jackson, which takes 50 ms to set up, reads the rest.
 */
final class CanonicalJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, Object> fields = new LinkedHashMap<>();

    CanonicalJson put(String name, String value) {
        fields.put(name, value);
        return this;
    }

    CanonicalJson put(String name, int value) {
        fields.put(name, value);
        return this;
    }

    /** A field's text; empty when there is none. */
    String text(String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    /** A field's number; zero when there is none. */
    int number(String name) {
        return fields.get(name) instanceof Integer number ? number : 0;
    }

    byte[] encode() {
        byte[] digest = Sha256.of(write(null));
        put("checksum", HexFormat.of().formatHex(digest));
        return write(new DefaultPrettyPrinter());
    }

    /** Indented and with a newline at its end for people, or on one line. */
    private byte[] write(@Nullable PrettyPrinter indented) {
        var out = new ByteArrayOutputStream();
        try (var json = FACTORY.createGenerator(out)) {
            if (indented != null) {
                json.setPrettyPrinter(indented);
            }
            json.writeStartObject();
            for (var field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                writeValue(json, field.getValue());
            }
            json.writeEndObject();
            if (indented != null) {
                json.writeRaw('\n');
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("texts and numbers can be written to memory", impossible);
        }
        return out.toByteArray();
    }

    private static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Integer number) {
            json.writeNumber(number);
        } else {
            json.writeString(value.toString());
        }
    }

    /** The texts and whole numbers of a document; what else a later version may have put there is passed over. */
    static CanonicalJson decode(String name, byte[] bytes) throws DamageException {
        var document = readLines(new String(bytes, StandardCharsets.UTF_8));
        return document == null ? parse(name, bytes) : document;
    }

    /**
     * Reads what was written here, where each field has a line; null for anything else. What is taken wrongly is noticed
     * when its encoding is compared.
     */
    private static @Nullable CanonicalJson readLines(String text) {
        var document = new CanonicalJson();
        var lines = text.split("\n", -1);
        for (int i = 1; i < lines.length - 2; i++) {
            String line = lines[i].endsWith(",") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
            int middle = line.indexOf("\" : ");
            if (!line.startsWith("  \"") || middle < 0 || line.indexOf('\\') >= 0) {
                return null;
            }
            String name = line.substring("  \"".length(), middle);
            String value = line.substring(middle + "\" : ".length());
            if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
                document.put(name, value.substring(1, value.length() - 1));
            } else {
                try {
                    document.put(name, Integer.parseInt(value));
                } catch (NumberFormatException _) {
                    return null;
                }
            }
        }
        return document.fields.isEmpty() ? null : document;
    }

    private static CanonicalJson parse(String name, byte[] bytes) throws DamageException {
        var document = new CanonicalJson();
        try (var json = FACTORY.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new DamageException(name, "it is not a JSON object");
            }
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                var token = json.nextToken();
                if (token == JsonToken.VALUE_STRING) {
                    document.put(field, json.getText());
                } else if (token == JsonToken.VALUE_NUMBER_INT) {
                    document.put(field, json.getIntValue());
                } else {
                    json.skipChildren();
                }
            }
            return document;
        } catch (IOException e) {
            throw new DamageException(name, "it is not JSON");
        }
    }
}
