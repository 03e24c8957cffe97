package dev.strandline.store.backend;

import dev.strandline.core.encoding.Hex;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The name of an object, the same on every backend: {@code config}, {@code keys/<id>}, {@code packs/<xx>/<id>},
 * {@code index/<id>}, {@code snapshots/<id>} and so on.
 *
 * @param id 64 hexadecimal digits; empty for the configuration
 */
public record ObjectName(ObjectKind kind, String id) implements Comparable<ObjectName> {
    public static final ObjectName CONFIG = new ObjectName(ObjectKind.CONFIG, "");

    /** Length of an id as text. */
    public static final int ID_DIGITS = 64;

    private static final int SHARD_DIGITS = 2;
    private static final int LONG_DIGITS = 16;

    public ObjectName {
        if (kind == ObjectKind.CONFIG ? !id.isEmpty() : !isId(id)) {
            throw new IllegalArgumentException("not the id of an object: " + id);
        }
    }

    public static ObjectName of(ObjectKind kind, byte[] id) {
        return new ObjectName(kind, HexFormat.of().formatHex(id));
    }

    /** Of an object that is known by a number, which its id is in hexadecimal. */
    public static ObjectName numbered(ObjectKind kind, long number) {
        return new ObjectName(kind, padded(HexFormat.of().toHexDigits(number)));
    }

    private static String padded(String digits) {
        return "0".repeat(ID_DIGITS - digits.length()) + digits;
    }

    /** The number that the id is; what doesn't fit is no number. */
    public OptionalLong number() {
        String digits = id.substring(ID_DIGITS - LONG_DIGITS);
        return id.startsWith("0".repeat(ID_DIGITS - LONG_DIGITS)) && digits.charAt(0) < '8'
                ? OptionalLong.of(HexFormat.fromHexDigitsToLong(digits))
                : OptionalLong.empty();
    }

    /** Whether {@code text} has the form of an id. */
    public static boolean isId(String text) {
        return Hex.isDigits(text, ID_DIGITS);
    }

    public byte[] idBytes() {
        return HexFormat.of().parseHex(id);
    }

    /** The folders above it and its own name. */
    public List<String> path() {
        return switch (kind) {
            case CONFIG -> List.of(kind.folder());
            case PACK -> List.of(kind.folder(), id.substring(0, SHARD_DIGITS), id);
            case KEY, SEGMENT, SNAPSHOT, BUNDLE, FORGOTTEN, SESSION, GENERATION, SETTLED, PROBE ->
                List.of(kind.folder(), id);
        };
    }

    // Written out: what a record makes of itself is linked at run time, which every start would pay for.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectName name && kind == name.kind && id.equals(name.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public int compareTo(ObjectName other) {
        int order = kind.compareTo(other.kind);
        return order != 0 ? order : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return String.join("/", path());
    }
}
