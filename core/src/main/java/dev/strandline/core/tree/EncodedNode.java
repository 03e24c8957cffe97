package dev.strandline.core.tree;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import java.util.Arrays;

/**
 * A node as it stands in trees: equal nodes are equal bytes. What has not changed is compared and copied in this form, and
 * never taken apart. Immutable.
 */
public final class EncodedNode {
    private final byte[] bytes;

    private EncodedNode(byte[] bytes) {
        this.bytes = bytes;
    }

    public static EncodedNode of(Node node) {
        var out = new Encoder();
        NodeCodec.encode(out, node);
        return new EncodedNode(out.toBytes());
    }

    /** What {@link #bytes} gave once; the caller must not change it any more. */
    public static EncodedNode of(byte[] bytes) {
        return new EncodedNode(bytes);
    }

    /** The encoding, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** @throws IllegalStateException when the bytes were not made by encoding a node */
    public Node decode() {
        try {
            var in = new Decoder(bytes);
            var node = NodeCodec.decode(in);
            in.expectEnd();
            return node;
        } catch (MalformedException e) {
            throw new IllegalStateException("an encoded node can't be decoded", e);
        }
    }

    public FileType type() {
        return NodeCodec.typeOf(bytes[0]);
    }

    public boolean hasLinkGroup() {
        return NodeCodec.hasLinkGroup(bytes[0]);
    }

    /** Whether it is a file that changed while it was read. */
    public boolean changedWhileRead() {
        return NodeCodec.changedWhileRead(bytes[0]);
    }

    public FileTime modified() {
        try {
            return NodeCodec.modifiedOf(new Decoder(bytes));
        } catch (MalformedException e) {
            throw new IllegalStateException("an encoded node can't be decoded", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedNode node && Arrays.equals(bytes, node.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return decode().toString();
    }
}
