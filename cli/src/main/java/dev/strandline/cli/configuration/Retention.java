package dev.strandline.cli.configuration;

import dev.strandline.core.retention.RetentionPolicy;

/**
 * What {@code forget} and {@code gc} keep.
 *
 * @param allHosts whether the snapshots of all hosts are meant, and not only those of this one
 */
public record Retention(RetentionPolicy policy, boolean allHosts) {
    public static final Retention NONE = new Retention(RetentionPolicy.NONE, false);
}
