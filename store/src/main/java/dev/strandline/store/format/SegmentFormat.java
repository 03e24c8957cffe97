package dev.strandline.store.format;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import java.util.ArrayList;
import java.util.List;

/** The plain bytes of an index segment: {@code docs/format.md}, "Index segments". */
public final class SegmentFormat {
    private static final int MAX_PACKS = 1 << 20;

    private SegmentFormat() {}

    /**
     * A pack and what is in it.
     *
     * @param sizeBytes of the whole pack
     */
    public record PackListing(ObjectName pack, long sizeBytes, PackContents contents) {}

    public static byte[] encode(List<PackListing> packs) {
        var out = new Encoder().varint(packs.size());
        for (var pack : packs) {
            out.bytes(pack.pack.idBytes()).varint(pack.sizeBytes);
            pack.contents.encode(out);
        }
        return out.toBytes();
    }

    public static List<PackListing> decode(byte[] segment) throws MalformedException {
        var in = new Decoder(segment);
        int count = in.varint(MAX_PACKS, "the number of packs");
        var packs = new ArrayList<PackListing>();
        for (int i = 0; i < count; i++) {
            var name = ObjectName.of(ObjectKind.PACK, in.bytes(ObjectName.ID_DIGITS / 2));
            packs.add(new PackListing(name, in.varint(Long.MAX_VALUE, "the size of a pack"), PackContents.decode(in)));
        }
        in.expectEnd();
        return packs;
    }
}
