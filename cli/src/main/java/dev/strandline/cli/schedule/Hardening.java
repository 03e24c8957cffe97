package dev.strandline.cli.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * What a service is shut off from, see {@code systemd.exec(5)}. A snapshot reads everything, so nothing here may hide or
 * change what it sees: ProtectHome, PrivateDevices and ProtectKernelModules would, and MemoryDenyWriteExecute is not for a
 * program that compiles while it runs.
 */
final class Hardening {
    private static final List<String> HARMLESS = List.of("RestrictRealtime=yes", "LockPersonality=yes");

    /** What commands of others may not work with. */
    private static final List<String> STRICT =
            List.of("NoNewPrivileges=yes", "RestrictSUIDSGID=yes", "SystemCallArchitectures=native");

    private static final String COMMANDS =
            "# The configuration names commands (hooks, system-state or password-command), which may need";

    private Hardening() {}

    /**
     * For the system's service manager.
     *
     * @param preparation a setting that makes what is written to
     * @param written a setting that names it
     */
    static List<String> ofSystem(Reach reach, String preparation, String written) {
        var lines = new ArrayList<String>();
        lines.add("# Before the rest holds: made here, where nothing is read-only yet.");
        lines.add(preparation);
        if (reach.runsCommands()) {
            lines.add(COMMANDS);
            lines.add("# privileges and /tmp and may write elsewhere: only /usr, /boot and /etc are read-only.");
            lines.add("ProtectSystem=full");
        } else {
            lines.add("# All is read-only but the repository, the cache and the metrics file's folder.");
            lines.add("ProtectSystem=strict");
        }
        lines.add(written);
        if (!reach.runsCommands()) {
            lines.addAll(withoutCommands(reach));
        }
        lines.add("ProtectKernelTunables=yes");
        lines.add("ProtectControlGroups=yes");
        lines.addAll(HARMLESS);
        return lines;
    }

    private static List<String> withoutCommands(Reach reach) {
        var lines = new ArrayList<String>();
        if (reach.usesTemporaryFolders()) {
            lines.add("# No PrivateTmp: something that is read or written lies in /tmp or /var/tmp.");
        } else {
            lines.add("PrivateTmp=yes");
        }
        if (!reach.readsDevices()) {
            lines.add("ProtectKernelLogs=yes");
        }
        lines.add("# Instead of ProtectKernelModules, which hides /usr/lib/modules from the snapshot.");
        lines.add("CapabilityBoundingSet=~CAP_SYS_MODULE");
        lines.addAll(STRICT);
        return lines;
    }

    /** For a user's service manager. */
    static List<String> ofUsers(Reach reach) {
        var lines = new ArrayList<String>();
        lines.add(
                "# Nothing that gives it its own view of the file system: in a user's service that hides who owns files.");
        if (reach.runsCommands()) {
            lines.add(COMMANDS);
            lines.add("# privileges; whatever else could be set here implies NoNewPrivileges.");
        } else {
            lines.addAll(STRICT);
            lines.addAll(HARMLESS);
        }
        return lines;
    }
}
