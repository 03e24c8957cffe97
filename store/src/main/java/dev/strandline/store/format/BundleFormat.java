package dev.strandline.store.format;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.snapshot.SnapshotId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plain bytes of a bundle of snapshot records: {@code docs/format.md}, "Bundles". */
public final class BundleFormat {
    /** More are not put into one, so that a bundle stays far below the largest object. */
    public static final int MAX_RECORDS = 4096;

    private static final int MAX_RECORD_BYTES = 64 << 20;

    private BundleFormat() {}

    /** @param records the plain bytes of each, see {@link SnapshotFormat} */
    public static byte[] encode(Map<SnapshotId, byte[]> records) {
        var out = new Encoder().varint(records.size());
        records.forEach((id, record) -> out.bytes(id.toBytes()).sized(record));
        return out.toBytes();
    }

    /** In the order in which they stand. */
    public static Map<SnapshotId, byte[]> decode(byte[] bytes) throws MalformedException {
        var in = new Decoder(bytes);
        int count = in.varint(MAX_RECORDS, "the number of records");
        var records = new LinkedHashMap<SnapshotId, byte[]>();
        for (int i = 0; i < count; i++) {
            records.put(
                    SnapshotId.of(in.bytes(SnapshotId.BYTES)), in.sized(MAX_RECORD_BYTES, "the length of a record"));
        }
        in.expectEnd();
        return records;
    }
}
