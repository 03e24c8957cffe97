package dev.strandline.store.format;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one garbage collection has decided, in force from the moment it is published: {@code docs/format.md},
 * "Generations".
 *
 * @param condemned packs that nobody may rely on any more, to be deleted
 * @param obsolete segments whose packs are in others now, or condemned, to be deleted
 * @param bundles all that are valid, oldest records first
 */
public record Generation(Set<ObjectName> condemned, Set<ObjectName> obsolete, List<Bundle> bundles) {
    /** As long as there was no garbage collection. */
    public static final Generation NONE = new Generation(Set.of(), Set.of(), List.of());

    private static final int MAX_COUNT = 1 << 24;

    /**
     * Bundled snapshot records.
     *
     * @param oldest time of a record in it, of a whole second at or before
     * @param newest time of a record in it, of a whole second at or after
     */
    public record Bundle(ObjectName name, Instant oldest, Instant newest, int count) {}

    public Generation {
        condemned = Set.copyOf(condemned);
        obsolete = Set.copyOf(obsolete);
        bundles = List.copyOf(bundles);
    }

    public byte[] encode() {
        var out = new Encoder();
        encode(out, condemned);
        encode(out, obsolete);
        out.varint(bundles.size());
        for (var bundle : bundles) {
            out.bytes(bundle.name.idBytes())
                    .zigzag(bundle.oldest.getEpochSecond())
                    .zigzag(bundle.newest.getEpochSecond())
                    .varint(bundle.count);
        }
        return out.toBytes();
    }

    private static void encode(Encoder out, Set<ObjectName> names) {
        out.varint(names.size());
        names.stream().sorted().forEach(name -> out.bytes(name.idBytes()));
    }

    public static Generation decode(byte[] bytes) throws MalformedException {
        var in = new Decoder(bytes);
        var condemned = names(in, ObjectKind.PACK);
        var obsolete = names(in, ObjectKind.SEGMENT);
        int count = in.varint(MAX_COUNT, "the number of bundles");
        var bundles = new ArrayList<Bundle>();
        try {
            for (int i = 0; i < count; i++) {
                var name = ObjectName.of(ObjectKind.BUNDLE, in.bytes(ObjectName.ID_DIGITS / 2));
                var oldest = Instant.ofEpochSecond(in.zigzag());
                bundles.add(new Bundle(
                        name,
                        oldest,
                        Instant.ofEpochSecond(in.zigzag()),
                        in.varint(MAX_COUNT, "the number of records in a bundle")));
            }
        } catch (DateTimeException _) {
            throw new MalformedException("a time is out of range");
        }
        in.expectEnd();
        return new Generation(condemned, obsolete, bundles);
    }

    static Set<ObjectName> names(Decoder in, ObjectKind kind) throws MalformedException {
        int count = in.varint(MAX_COUNT, "the number of objects");
        var names = new HashSet<ObjectName>();
        for (int i = 0; i < count; i++) {
            names.add(ObjectName.of(kind, in.bytes(ObjectName.ID_DIGITS / 2)));
        }
        return names;
    }
}
