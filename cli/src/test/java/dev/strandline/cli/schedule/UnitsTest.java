package dev.strandline.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.repository.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {
    @Test
    void service_isExactlyThis() throws RefusedException {
        assertThat(Units.service(Jobs.with(Jobs.PLAIN), true)).isEqualTo("""
                # This was written by 'strandline schedule install'; 'strandline schedule remove' removes it.
                [Unit]
                Description=Strandline: snapshot of this host

                [Service]
                Type=oneshot
                ExecStart=/opt/strandline/bin/strandline snapshot --trigger scheduled --if-running skip
                Environment=STRANDLINE_CONFIG=/etc/strandline/strandline.toml
                Environment=STRANDLINE_CACHE_DIR=/root/.cache/strandline
                Nice=10
                IOSchedulingClass=best-effort
                IOSchedulingPriority=7
                UMask=0077

                # Before the rest holds: made here, where nothing is read-only yet.
                ExecStartPre=+-/bin/mkdir -p /root/.cache/strandline
                # All is read-only but the repository, the cache and the metrics file's folder.
                ProtectSystem=strict
                ReadWritePaths=-/backup/web -/root/.cache/strandline
                PrivateTmp=yes
                ProtectKernelLogs=yes
                # Instead of ProtectKernelModules, which hides /usr/lib/modules from the snapshot.
                CapabilityBoundingSet=~CAP_SYS_MODULE
                NoNewPrivileges=yes
                RestrictSUIDSGID=yes
                SystemCallArchitectures=native
                ProtectKernelTunables=yes
                ProtectControlGroups=yes
                RestrictRealtime=yes
                LockPersonality=yes
                """);
    }

    @Test
    void timer_isExactlyThis() {
        assertThat(Units.timer(Jobs.with(Jobs.PLAIN))).isEqualTo("""
                # This was written by 'strandline schedule install'; 'strandline schedule remove' removes it.
                [Unit]
                Description=Strandline: snapshot of this host every 15m

                [Timer]
                OnCalendar=*-*-* *:00/15:00
                AccuracySec=15s
                Persistent=true

                [Install]
                WantedBy=timers.target
                """);
    }

    @Test
    void service_thatRunsCommands_leavesThemTheirPrivilegesAndTmp() throws RefusedException {
        var text = Units.service(Jobs.with(new Reach(Jobs.PLAIN.written(), true, false, false)), true);
        assertThat(text)
                .contains("ProtectSystem=full\n", "ReadWritePaths=-/backup/web", "# The configuration names commands")
                .doesNotContain("PrivateTmp=", "NoNewPrivileges", "ProtectKernelLogs", "RestrictSUIDSGID");
    }

    @Test
    void service_thatReadsTmpOrDevices_seesThem() throws RefusedException {
        var text = Units.service(Jobs.with(new Reach(Jobs.PLAIN.written(), false, true, true)), true);
        assertThat(text).contains("ProtectSystem=strict\n").doesNotContain("PrivateTmp=", "ProtectKernelLogs");
    }

    /** Such settings give a user's service a user namespace, in which files of others seem to be nobody's. */
    @Test
    void service_ofAUser_hasNoViewOfItsOwn() throws RefusedException {
        for (boolean commands : new boolean[] {false, true}) {
            var text = Units.service(Jobs.with(new Reach(Jobs.PLAIN.written(), commands, false, false)), false);
            assertThat(text).doesNotContain("Protect", "Private", "ReadWritePaths", "ExecStartPre", "Capability");
            assertThat(text.contains("NoNewPrivileges=yes")).isEqualTo(!commands);
        }
    }

    @Test
    void service_pathsThatNeedIt_areQuoted() throws RefusedException {
        assertThat(Units.service(Jobs.at("/opt/my 100%/bin/strandline", "/etc/a b.toml"), true)
                        .lines())
                .contains(
                        "ExecStart=\"/opt/my 100%%/bin/strandline\" snapshot --trigger scheduled --if-running wait",
                        "Environment=\"STRANDLINE_CONFIG=/etc/a b.toml\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/it's", "/a\"b", "/a\\b", "/$HOME"})
    void service_whatAUnitCanNotHold_isRefused(String path) {
        assertThatThrownBy(() -> Units.service(Jobs.at(path, "/c"), true)).hasMessageContaining("a unit can't hold");
    }
}
