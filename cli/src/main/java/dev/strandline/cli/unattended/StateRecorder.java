package dev.strandline.cli.unattended;

import dev.strandline.cli.configuration.StateCommand;
import dev.strandline.cli.environment.Interruption;
import dev.strandline.cli.output.Quantities;
import dev.strandline.core.capture.Capture;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.BaseHint;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.snapshot.OwnerNames;
import dev.strandline.core.snapshot.SystemState;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores the system's state: what commands print, and who the owners of files are. */
public final class StateRecorder {
    private static final FilePath ETC = FilePath.of("/etc");

    /** Of each of the two files; no host has that many users. */
    private static final int MAX_OWNERS_BYTES = 64 << 20;

    /** Names are stored in chunks of so many bytes: one, on most hosts. */
    private static final int OWNERS_CHUNK_BYTES = 128 << 10;

    private static final Metadata OWNERS_METADATA =
            new Metadata(0600, 0, 0, new FileTime(0, 0), List.of(), Optional.empty());

    private StateRecorder() {}

    /**
     * The names of this host's users and groups; none where there is no such file.
     *
     * @throws IOException when they can't be read
     */
    public static OwnerNames owners(HostFileSystem host) throws IOException {
        try (var etc = host.openDirectory(ETC)) {
            return OwnerNames.ofFiles(content(etc, "passwd"), content(etc, "group"));
        }
    }

    private static byte[] content(Directory etc, String name) throws IOException {
        try (var file = etc.openFile(FileName.of(name))) {
            long size = file.status().sizeBytes();
            if (size > MAX_OWNERS_BYTES) {
                throw new IOException("/etc/" + name + " has " + Quantities.bytes(size) + ", far too many");
            }
            byte[] content = new byte[(int) size];
            return Arrays.copyOf(content, file.read(0, content, 0, content.length));
        } catch (FileOperationException e) {
            if (e.errno() == Errno.ENOENT) {
                return new byte[0];
            }
            throw e;
        }
    }

    /** Stores them, as chunks of a tree, so that a run that finds them unchanged need not look for them. */
    public static List<SystemState> record(OwnerNames owners, SnapshotWriter writer) throws RepositoryException {
        byte[] lines = owners.encode();
        if (lines.length == 0) {
            return List.of();
        }
        var lane = writer.openLane();
        var extents = new ArrayList<Extent>();
        for (int at = 0; at < lines.length; at += OWNERS_CHUNK_BYTES) {
            int length = Math.min(OWNERS_CHUNK_BYTES, lines.length - at);
            extents.add(new Extent.Chunk(lane.store(ChunkKind.TREE, lines, at, length, BaseHint.NONE), length));
        }
        var content = new ChunkStream.Direct(extents);
        var output = new Node.RegularFile(OWNERS_METADATA, content, false);
        return List.of(new SystemState(OwnerNames.STATE_NAME, "", output));
    }

    /** One after another; one that fails is kept with what it printed and why it failed. */
    public static List<SystemState> record(
            List<StateCommand> commands, Capture capture, SnapshotWriter writer, Instant now, Interruption interruption)
            throws RepositoryException {
        var states = new ArrayList<SystemState>();
        for (var command : commands) {
            var ending = new ShellCommand(command.command(), command.timeout(), command.maximumBytes())
                    .run(Map.of(), interruption);
            String problem = ending.problem();
            if (ending.cut()) {
                String cut = "only its first " + Quantities.bytes(command.maximumBytes()) + " were kept";
                problem = problem.isEmpty() ? cut : problem + ", " + cut;
            }
            try {
                var output = capture.stream(writer, new ByteArrayInputStream(ending.output()), now);
                states.add(new SystemState(command.name(), problem, output));
            } catch (IOException impossible) {
                throw new IllegalStateException("an array can be read", impossible);
            }
        }
        return states;
    }
}
