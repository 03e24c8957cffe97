package dev.strandline.cli.archive;

import dev.strandline.core.fs.FileType;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * GNU tar. Names travel as Latin-1, which keeps every byte; times are whole seconds, and extended attributes are left
 * out, because tar programs don't agree on how to write them.
 */
final class TarFormat implements ArchiveFormat {
    private static final int BLOCK_BYTES = 10_240;

    private final TarArchiveOutputStream out;

    TarFormat(OutputStream out) {
        this.out = new TarArchiveOutputStream(out, BLOCK_BYTES, StandardCharsets.ISO_8859_1.name());
        this.out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        this.out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    }

    @Override
    public void begin(FilePath path, Node node) throws IOException {
        byte type = switch (node) {
            case Node.RegularFile _ -> TarConstants.LF_NORMAL;
            case Node.Directory _ -> TarConstants.LF_DIR;
            case Node.Symlink _ -> TarConstants.LF_SYMLINK;
            case Node.Fifo _ -> TarConstants.LF_FIFO;
            case Node.Device device ->
                device.type() == FileType.BLOCK_DEVICE ? TarConstants.LF_BLK : TarConstants.LF_CHR;
            case Node.Socket _ -> throw new IllegalArgumentException("tar has no sockets");
        };
        var entry = entry(path, node, type);
        switch (node) {
            case Node.RegularFile file -> entry.setSize(file.content().sizeBytes());
            case Node.Symlink(var _, byte[] target) -> entry.setLinkName(latin1(target));
            case Node.Device device -> {
                entry.setDevMajor(device.major());
                entry.setDevMinor(device.minor());
            }
            case Node.Directory _, Node.Fifo _, Node.Socket _ -> {}
        }
        out.putArchiveEntry(entry);
    }

    private static TarArchiveEntry entry(FilePath path, Node node, byte type) {
        String name = latin1(path.toBytes()) + (type == TarConstants.LF_DIR ? "/" : "");
        var entry = new TarArchiveEntry(name, type, true);
        var metadata = node.metadata();
        entry.setMode(metadata.mode());
        entry.setIds(0, 0);
        entry.setUserId(Integer.toUnsignedLong(metadata.uid()));
        entry.setGroupId(Integer.toUnsignedLong(metadata.gid()));
        entry.setLastModifiedTime(FileTime.from(metadata.modified().seconds(), TimeUnit.SECONDS));
        return entry;
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean link(FilePath path, Node node, FilePath first) throws IOException {
        var entry = entry(path, node, TarConstants.LF_LINK);
        entry.setLinkName(latin1(first.toBytes()));
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
        return true;
    }

    @Override
    public OutputStream content() {
        return out;
    }

    @Override
    public void end() throws IOException {
        out.closeArchiveEntry();
    }

    @Override
    public void finish() throws IOException {
        out.finish();
        out.flush();
    }
}
