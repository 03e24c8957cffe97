package dev.strandline.store.catalog;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.format.NameList;
import java.util.Set;

/**
 * Which records there are at some time, told without reading them.
 *
 * @param generation whose bundles count
 * @param single records that are objects of their own, fences too
 * @param forgotten a digest of the names of others that are forgotten
 */
public record Standing(long generation, Set<ObjectName> single, String forgotten) {
    private static final int MAX_DIGEST_CHARACTERS = 64;

    /** Whether that snapshot's record is an object of its own. */
    public boolean hasSingle(SnapshotId id) {
        return single.contains(new ObjectName(ObjectKind.SNAPSHOT, id.hex()));
    }

    /** Whether since then records have only been added. */
    public boolean isStillSo(Standing now) {
        return generation == now.generation && forgotten.equals(now.forgotten) && now.single.containsAll(single);
    }

    public void encode(Encoder out) {
        out.varint(generation).text(forgotten).sized(NameList.encode(single));
    }

    /** See {@link #encode}. */
    public static Standing decode(Decoder in) throws MalformedException {
        long generation = in.varint();
        var forgotten = in.text(MAX_DIGEST_CHARACTERS, "a digest");
        return new Standing(
                generation, NameList.decode(in.sized(Integer.MAX_VALUE, "names"), ObjectKind.SNAPSHOT), forgotten);
    }
}
