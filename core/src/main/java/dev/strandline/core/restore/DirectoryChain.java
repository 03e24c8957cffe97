package dev.strandline.core.restore;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The open directories from an anchor down to where a restore is at work. Below the anchor each is opened by its name in
 * the one before it, so that no symbolic link is followed whatever others do meanwhile. One thread.
 */
final class DirectoryChain implements AutoCloseable {
    private static final int MODE_ABOVE = 0755;

    private final Directory anchor;
    private final boolean makesMissing;
    private final List<FileName> names = new ArrayList<>();
    private final List<Directory> open = new ArrayList<>();

    /**
     * @param anchor made where it is missing; symbolic links on the way to it are followed
     * @param makesMissing whether directories below it are made too
     */
    DirectoryChain(HostFileSystem host, FilePath anchor, boolean makesMissing) throws IOException {
        this.makesMissing = makesMissing;
        this.anchor = TargetDirectory.create(host, anchor);
    }

    /**
     * Opens a directory; it stays open until another is asked for that does not lie in it.
     *
     * @param path relative to the anchor
     */
    Directory open(FilePath path) throws IOException {
        var wanted = path.names();
        int common = 0;
        while (common < Math.min(wanted.size(), names.size())
                && wanted.get(common).equals(names.get(common))) {
            common++;
        }
        leave(common);
        for (var name : wanted.subList(common, wanted.size())) {
            open.add(openOrMake(name));
            names.add(name);
        }
        return current();
    }

    private Directory openOrMake(FileName name) throws IOException {
        try {
            return current().openDirectory(name);
        } catch (FileOperationException e) {
            if (!makesMissing || e.errno() != Errno.ENOENT) {
                throw e;
            }
            var made = current().createDirectory(name);
            made.setMode(MODE_ABOVE);
            return made;
        }
    }

    private Directory current() {
        return open.isEmpty() ? anchor : open.getLast();
    }

    private void leave(int depth) {
        while (open.size() > depth) {
            names.removeLast();
            open.removeLast().close();
        }
    }

    @Override
    public void close() {
        leave(0);
        anchor.close();
    }
}
