package dev.strandline.core.tree;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.FileName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encodes entries and nodes, version {@value #VERSION}: {@code docs/format.md}, "Trees". Decoding accepts exactly what
 * encoding produces, so equal nodes are equal bytes and nothing hides in between.
 */
public final class NodeCodec {
    /** The first byte of every directory's stream. */
    public static final int VERSION = 1;

    /** No entry is longer, so that a reader's memory is bounded. */
    public static final int MAX_ENTRY_BYTES = 32 << 20;

    /** Of one inode, names and values together; what has more can't be kept and is reported. */
    public static final int MAX_XATTR_BYTES = 16 << 20;

    private static final int MAX_XATTR_NAME_BYTES = 255;
    private static final int MAX_LINK_TARGET_BYTES = 1 << 20;

    private static final int TYPE_MASK = 0x07;
    private static final int HAS_LINK_GROUP = 0x10;
    private static final int HAS_XATTRS = 0x20;
    private static final int CHANGED_WHILE_READ = 0x40;
    private static final int KNOWN_BITS = TYPE_MASK | HAS_LINK_GROUP | HAS_XATTRS | CHANGED_WHILE_READ;

    /** Position in this list is the type number on disk. */
    private static final List<FileType> TYPES = List.of(
            FileType.REGULAR,
            FileType.DIRECTORY,
            FileType.SYMLINK,
            FileType.FIFO,
            FileType.SOCKET,
            FileType.CHARACTER_DEVICE,
            FileType.BLOCK_DEVICE);

    private NodeCodec() {}

    /** Appends name and node; the caller puts the length before. */
    public static void encode(Encoder out, Entry entry) {
        encodeName(out, entry.name());
        encode(out, entry.node());
    }

    /** Appends a name as it stands before its node. */
    public static void encodeName(Encoder out, FileName name) {
        byte[] bytes = name.toBytes();
        out.unsigned8(bytes.length).bytes(bytes);
    }

    public static Entry decodeEntry(Decoder in) throws MalformedException {
        byte[] name = in.bytes(in.unsigned8());
        try {
            return new Entry(FileName.of(name), decode(in));
        } catch (IllegalArgumentException invalidName) {
            throw new MalformedException(String.valueOf(invalidName.getMessage()));
        }
    }

    public static void encode(Encoder out, Node node) {
        var metadata = node.metadata();
        boolean changedWhileRead = node instanceof Node.RegularFile file && file.changedWhileRead();
        out.unsigned8(TYPES.indexOf(node.type())
                | (metadata.linkGroup().isPresent() ? HAS_LINK_GROUP : 0)
                | (metadata.xattrs().isEmpty() ? 0 : HAS_XATTRS)
                | (changedWhileRead ? CHANGED_WHILE_READ : 0));
        out.varint(metadata.mode())
                .varint(Integer.toUnsignedLong(metadata.uid()))
                .varint(Integer.toUnsignedLong(metadata.gid()))
                .zigzag(metadata.modified().seconds())
                .varint(metadata.modified().nanos());
        if (metadata.linkGroup().isPresent()) {
            out.bytes(metadata.linkGroup().get().bytes());
        }
        if (!metadata.xattrs().isEmpty()) {
            out.varint(metadata.xattrs().size());
            for (var xattr : metadata.xattrs()) {
                out.sized(xattr.name()).sized(xattr.value());
            }
        }
        switch (node.type()) {
            case REGULAR -> ChunkStreamCodec.encode(out, ((Node.RegularFile) node).content());
            case DIRECTORY -> ChunkStreamCodec.encode(out, ((Node.Directory) node).entries());
            case SYMLINK -> out.sized(((Node.Symlink) node).target());
            case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                var device = (Node.Device) node;
                out.varint(Integer.toUnsignedLong(device.major())).varint(Integer.toUnsignedLong(device.minor()));
            }
            case FIFO, SOCKET -> {}
        }
    }

    static FileType typeOf(byte header) {
        return TYPES.get(header & TYPE_MASK);
    }

    static boolean hasLinkGroup(byte header) {
        return (header & HAS_LINK_GROUP) != 0;
    }

    static boolean changedWhileRead(byte header) {
        return (header & CHANGED_WHILE_READ) != 0;
    }

    /** The modification time of the node that {@code in} begins with. */
    static FileTime modifiedOf(Decoder in) throws MalformedException {
        int _ = in.unsigned8();
        long _ = in.varint();
        long _ = in.varint();
        long _ = in.varint();
        return new FileTime(in.zigzag(), in.varint(999_999_999, "the nanoseconds of a time"));
    }

    public static Node decode(Decoder in) throws MalformedException {
        int header = in.unsigned8();
        int typeNumber = header & TYPE_MASK;
        boolean changedWhileRead = (header & CHANGED_WHILE_READ) != 0;
        if ((header & ~KNOWN_BITS) != 0 || typeNumber >= TYPES.size() || (changedWhileRead && typeNumber != 0)) {
            throw new MalformedException("unknown kind of node 0x" + Integer.toHexString(header));
        }
        var metadata = decodeMetadata(in, header);
        var type = TYPES.get(typeNumber);
        return switch (type) {
            case REGULAR -> new Node.RegularFile(metadata, ChunkStreamCodec.decode(in), changedWhileRead);
            case DIRECTORY -> new Node.Directory(metadata, ChunkStreamCodec.decode(in));
            case SYMLINK -> new Node.Symlink(metadata, decodeLinkTarget(in));
            case FIFO -> new Node.Fifo(metadata);
            case SOCKET -> new Node.Socket(metadata);
            case CHARACTER_DEVICE, BLOCK_DEVICE ->
                new Node.Device(metadata, type, unsigned32(in, "a major number"), unsigned32(in, "a minor number"));
        };
    }

    private static byte[] decodeLinkTarget(Decoder in) throws MalformedException {
        byte[] target = in.sized(MAX_LINK_TARGET_BYTES, "a link target");
        for (byte b : target) {
            if (b == 0) {
                throw new MalformedException("a link target contains NUL");
            }
        }
        return target;
    }

    private static Metadata decodeMetadata(Decoder in, int header) throws MalformedException {
        int mode = in.varint(07777, "a mode");
        int uid = unsigned32(in, "a user id");
        int gid = unsigned32(in, "a group id");
        var modified = new FileTime(in.zigzag(), in.varint(999_999_999, "the nanoseconds of a time"));
        Optional<LinkGroup> linkGroup = (header & HAS_LINK_GROUP) != 0
                ? Optional.of(new LinkGroup(in.bytes(LinkGroup.BYTES)))
                : Optional.empty();
        var xattrs = (header & HAS_XATTRS) != 0 ? decodeXattrs(in) : List.<Xattr>of();
        return new Metadata(mode, uid, gid, modified, xattrs, linkGroup);
    }

    private static List<Xattr> decodeXattrs(Decoder in) throws MalformedException {
        int count = in.varint(MAX_XATTR_BYTES, "the number of extended attributes");
        if (count == 0) {
            throw new MalformedException("an empty list of extended attributes");
        }
        var xattrs = new ArrayList<Xattr>();
        for (int i = 0; i < count; i++) {
            var xattr = new Xattr(
                    in.sized(MAX_XATTR_NAME_BYTES, "an attribute's name"),
                    in.sized(MAX_XATTR_BYTES, "an attribute's value"));
            refuseImpossibleName(xattr.name());
            if (!xattrs.isEmpty() && xattrs.getLast().compareTo(xattr) >= 0) {
                throw new MalformedException("extended attributes are not in order");
            }
            xattrs.add(xattr);
        }
        return xattrs;
    }

    /** The kernel takes names that end at a NUL, so such a name would become another one's. */
    private static void refuseImpossibleName(byte[] name) throws MalformedException {
        if (name.length == 0) {
            throw new MalformedException("an attribute's name is empty");
        }
        for (byte b : name) {
            if (b == 0) {
                throw new MalformedException("an attribute's name contains NUL");
            }
        }
    }

    private static int unsigned32(Decoder in, String what) throws MalformedException {
        return (int) in.varint(0xFFFF_FFFFL, what);
    }
}
