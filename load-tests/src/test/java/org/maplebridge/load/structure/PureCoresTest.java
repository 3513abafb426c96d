package org.maplebridge.load.structure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Cores are told the time and hand back what is to be sent: no clock, thread, socket or log in
/// them.
class PureCoresTest {
    private static final String[] CORES = {
        "org.maplebridge.media.wire..",
        "org.maplebridge.media.rtp..",
        "org.maplebridge.media.rtcp..",
        "org.maplebridge.media.srtp..",
        "org.maplebridge.media.stun..",
        "org.maplebridge.media.ice..",
        "org.maplebridge.media.sdp..",
        "org.maplebridge.media.congestion..",
        "org.maplebridge.media.record.file..",
        "org.maplebridge.media.finish.time..",
        "org.maplebridge.media.finish.frame..",
        "org.maplebridge.media.forward..",
        "org.maplebridge.media.leg..",
        "org.maplebridge.media.link..",
        "org.maplebridge.media.relay..",
        "org.maplebridge.media.api..",
        "org.maplebridge.dispatch.model..",
        "org.maplebridge.dispatch.organisation..",
        "org.maplebridge.dispatch.incident..",
        "org.maplebridge.dispatch.intake..",
        "org.maplebridge.dispatch.figures..",
        "org.maplebridge.dispatch.duty..",
        "org.maplebridge.dispatch.message..",
        "org.maplebridge.dispatch.order..",
        "org.maplebridge.dispatch.floor..",
        "org.maplebridge.dispatch.call..",
        "org.maplebridge.dispatch.burst..",
        "org.maplebridge.dispatch.evidence..",
        "org.maplebridge.dispatch.alert..",
        "org.maplebridge.dispatch.ambient..",
        "org.maplebridge.dispatch.mediation..",
        "org.maplebridge.dispatch.recording..",
        "org.maplebridge.dispatch.unit..",
        "org.maplebridge.dispatch.journal..",
        "org.maplebridge.dispatch.bus..",
        "org.maplebridge.dispatch.store..",
        "org.maplebridge.signaling.protocol..",
    };

    private static final Set<String> CLOCK_READS =
            Set.of("nanoTime", "currentTimeMillis", "now", "system", "systemUTC", "tick");

    @Test
    void readNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(CORES)
                .should()
                .accessTargetWhere(
                        reads("a clock", "java.lang.System", CLOCK_READS)
                                .or(readsTime())
                                .or(reads("chance", "java.lang.Math", Set.of("random"))))
                .check(Code.CLASSES);
    }

    @Test
    void startNoThreadAndTakeNoLock() {
        noClasses()
                .that()
                .resideInAnyPackage(CORES)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent.locks..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.(.*Executor.*|.*Queue|Timer)")
                .check(Code.CLASSES);
    }

    /// A path is a name; what it names is opened elsewhere.
    @Test
    void openNoSocketOrFile() {
        noClasses()
                .that()
                .resideInAnyPackage(CORES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.channels..", "java.net.http..")
                .orShould()
                .dependOnClassesThat(filesBesideTheirNames())
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(.*Socket|.*Channel|URLConnection)")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.(io\\.(File.*|RandomAccessFile)|nio\\.file\\.File.*)")
                .check(Code.CLASSES);
    }

    @Test
    void writeNoLog() {
        noClasses()
                .that()
                .resideInAnyPackage(CORES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.util.logging..", "ch.qos.logback..")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(Code.CLASSES);
    }

    private static DescribedPredicate<JavaClass> filesBesideTheirNames() {
        return describe(
                "java.nio.file without Path",
                type ->
                        type.getPackageName().startsWith("java.nio.file")
                                && !type.getName().equals("java.nio.file.Path"));
    }

    private static DescribedPredicate<JavaAccess<?>> reads(
            String what, String owner, Set<String> names) {
        return describe(
                what,
                access -> {
                    AccessTarget target = access.getTarget();
                    return target.getOwner().getName().equals(owner)
                            && names.contains(target.getName());
                });
    }

    private static DescribedPredicate<JavaAccess<?>> readsTime() {
        return describe(
                "java.time's clock",
                access ->
                        access.getTarget().getOwner().getPackageName().equals("java.time")
                                && CLOCK_READS.contains(access.getTarget().getName()));
    }
}
