package dev.strandline.store.format;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import java.util.Set;

/**
 * Objects of one kind, by name: snapshots that are forgotten, packs that were reprieved. {@code docs/format.md}, "Lists of
 * names".
 */
public final class NameList {
    private NameList() {}

    public static byte[] encode(Set<ObjectName> names) {
        var out = new Encoder().varint(names.size());
        names.stream().sorted().forEach(name -> out.bytes(name.idBytes()));
        return out.toBytes();
    }

    public static Set<ObjectName> decode(byte[] bytes, ObjectKind kind) throws MalformedException {
        var in = new Decoder(bytes);
        var names = Generation.names(in, kind);
        in.expectEnd();
        return names;
    }
}
