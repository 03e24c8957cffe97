package dev.strandline.core.capture;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.SharedDirectory;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.Metadata;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A directory that a walk has entered, as it looked then. Immutable; the open directory is shared. */
final class DirectoryVisit {
    private final @Nullable DirectoryVisit parent;
    private final List<Scope> scopes;
    private final @Nullable NamedPaths named;
    private final FilePath path;
    private final SharedDirectory directory;
    private final FileStatus status;
    private final Metadata metadata;
    private final byte[] pathInRoot;

    private DirectoryVisit(
            @Nullable DirectoryVisit parent,
            List<Scope> scopes,
            @Nullable NamedPaths named,
            FilePath path,
            SharedDirectory directory,
            FileStatus status,
            Metadata metadata) {
        this.parent = parent;
        this.scopes = scopes;
        this.named = named;
        this.path = path;
        this.directory = directory;
        this.status = status;
        this.metadata = metadata;
        this.pathInRoot = parent == null ? new byte[0] : parent.pathInRoot(path.name());
    }

    /** Takes over {@code directory} unless it fails. */
    static DirectoryVisit of(
            @Nullable DirectoryVisit parent,
            List<Scope> scopes,
            @Nullable NamedPaths named,
            FilePath path,
            Directory directory,
            FileStatus status)
            throws IOException {
        var metadata = Metadata.of(status, FileReader.xattrs(directory.xattrs()), Optional.empty());
        return new DirectoryVisit(parent, scopes, named, path, new SharedDirectory(directory), status, metadata);
    }

    @Nullable
    DirectoryVisit parent() {
        return parent;
    }

    /** The sources that it lies in and whose rules take it in; none on the way to one that was named apart. */
    List<Scope> scopes() {
        return scopes;
    }

    /** What is named in it; null for nothing. */
    @Nullable
    NamedPaths named() {
        return named;
    }

    FilePath path() {
        return path;
    }

    SharedDirectory directory() {
        return directory;
    }

    FileStatus status() {
        return status;
    }

    Metadata metadata() {
        return metadata;
    }

    FilePath pathOf(FileName name) {
        return path.resolve(name);
    }

    /** The path of an entry relative to the captured root, as patterns are matched against it. */
    byte[] pathInRoot(FileName name) {
        int prefix = pathInRoot.length == 0 ? 0 : pathInRoot.length + 1;
        byte[] bytes = new byte[prefix + name.length()];
        System.arraycopy(pathInRoot, 0, bytes, 0, pathInRoot.length);
        if (prefix > 0) {
            bytes[prefix - 1] = '/';
        }
        name.copyTo(bytes, prefix);
        return bytes;
    }
}
