package dev.strandline.cli.archive;

import dev.strandline.core.fs.FileType;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * zip, with modes and symbolic links as Info-ZIP has them. Names that are not UTF-8 are written with escapes; times are the
 * nearest from 1980 to 2107, which is what zip has.
 */
final class ZipFormat implements ArchiveFormat {
    /** Of 1980-01-02 and 2107-12-30: what zip holds in any time zone. */
    private static final long FIRST_SECOND = 315_619_200L;

    private static final long LAST_SECOND = 4_354_732_800L;

    private final ZipArchiveOutputStream out;

    ZipFormat(OutputStream out) {
        this.out = new ZipArchiveOutputStream(out);
        this.out.setUseZip64(Zip64Mode.AsNeeded);
    }

    @Override
    public void begin(FilePath path, Node node) throws IOException {
        String name = ByteText.utf8(path.toBytes()).orElseGet(path::display);
        int type = switch (node) {
            case Node.RegularFile _ -> UnixStat.FILE_FLAG;
            case Node.Directory _ -> UnixStat.DIR_FLAG;
            case Node.Symlink _ -> UnixStat.LINK_FLAG;
            case Node.Fifo _, Node.Socket _, Node.Device _ ->
                throw new IllegalArgumentException("zip has files, folders and links only");
        };
        var entry = new UnixEntry(
                node.type() == FileType.DIRECTORY ? name + "/" : name,
                type | node.metadata().mode());
        entry.setTime(
                TimeUnit.SECONDS.toMillis(Math.clamp(node.metadata().modified().seconds(), FIRST_SECOND, LAST_SECOND)));
        if (node instanceof Node.RegularFile file && file.content().sizeBytes() > Integer.MAX_VALUE) {
            out.setUseZip64(Zip64Mode.Always);
        }
        out.putArchiveEntry(entry);
        if (node instanceof Node.Symlink(var _, byte[] target)) {
            out.write(target);
        }
    }

    @Override
    public boolean link(FilePath path, Node node, FilePath first) {
        return false;
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

    /** In a name of this platform a backslash is no separator; else {@code ..\file} would lead out of the target. */
    private static final class UnixEntry extends ZipArchiveEntry {
        UnixEntry(String name, int mode) {
            super("");
            setPlatform(PLATFORM_UNIX);
            setName(name);
            setUnixMode(mode);
        }
    }
}
