package dev.strandline.core.testkit;

import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.snapshot.CaptureProblem;
import dev.strandline.core.snapshot.ChangedPaths;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.snapshot.SnapshotRecord;
import dev.strandline.core.snapshot.SnapshotRoot;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Entry;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import dev.strandline.core.tree.NodeCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes trees and snapshots of them in memory. */
public final class TreeMaker {
    private final MemoryChunkStore chunks;

    public TreeMaker(MemoryChunkStore chunks) {
        this.chunks = chunks;
    }

    public Node.RegularFile file(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        var extent = new Extent.Chunk(chunks.store(ChunkKind.DATA, bytes), bytes.length);
        return new Node.RegularFile(SnapshotExamples.METADATA, new ChunkStream.Direct(List.of(extent)), false);
    }

    public Node.Directory directory(Map<String, ? extends Node> entries) {
        var out = new Encoder().unsigned8(NodeCodec.VERSION);
        new TreeMap<String, Node>(entries).forEach((name, node) -> {
            var body = new Encoder();
            NodeCodec.encode(body, new Entry(FileName.of(name), node));
            out.sized(body.toBytes());
        });
        byte[] bytes = out.toBytes();
        var extent = new Extent.Chunk(chunks.store(ChunkKind.TREE, bytes), bytes.length);
        return new Node.Directory(SnapshotExamples.METADATA, new ChunkStream.Direct(List.of(extent)));
    }

    /** A snapshot of one place, whose parent is the one of the number before. */
    public static Snapshot snapshot(int number, String path, Node node, Optional<List<String>> changed) {
        var parent = number == 0 ? Optional.<SnapshotId>empty() : Optional.of(id(number - 1));
        var root = new SnapshotRoot(FilePath.of(path), node);
        var changes = changed.map(
                paths -> ChangedPaths.of(paths.stream().map(FilePath::of).toList()));
        return new Snapshot(
                id(number),
                SnapshotExamples.record(Instant.ofEpochSecond(number), List.of(root), parent)
                        .with(changes));
    }

    /** The same record of a run that could not read something. */
    public static SnapshotRecord with(SnapshotRecord record, CaptureProblem problem) {
        return new SnapshotRecord(
                record.time(),
                record.offset(),
                record.hostname(),
                record.username(),
                record.program(),
                record.message(),
                record.tags(),
                record.trigger(),
                record.roots(),
                record.excludes(),
                record.absent(),
                record.systemState(),
                record.pinned(),
                record.parent(),
                record.totals(),
                List.of(problem));
    }

    public static SnapshotId id(int number) {
        return new SnapshotId("%064x".formatted(number + 1));
    }
}
