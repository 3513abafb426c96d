package org.maplebridge.load.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/// Each outside technology has one home; everything else could be built without it.
class TechnologiesTest {
    private static final String BOOT = "org.maplebridge.signaling.boot..";
    private static final String LOAD = "org.maplebridge.load..";

    @Test
    void jacksonLivesInTheCodec() {
        home(
                new String[] {"tools.jackson..", "com.fasterxml.jackson.."},
                "org.maplebridge.signaling.codec..",
                BOOT,
                LOAD);
    }

    @Test
    void sqlLivesInJdbc() {
        home(
                new String[] {
                    "java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.flywaydb.."
                },
                "org.maplebridge.dispatch.jdbc..",
                BOOT,
                LOAD);
    }

    @Test
    void hazelcastLivesInHazelcast() {
        home(new String[] {"com.hazelcast.."}, "org.maplebridge.dispatch.hazelcast..");
    }

    @Test
    void jedisLivesInRedis() {
        home(new String[] {"redis.clients.."}, "org.maplebridge.dispatch.redis..");
    }

    @Test
    void spreadsheetsLiveInSheet() {
        home(
                new String[] {
                    "org.dhatim..",
                    "de.siegmar..",
                    "org.apache.commons.compress..",
                    "com.fasterxml.aalto.."
                },
                "org.maplebridge.signaling.sheet..");
    }

    @Test
    void whatCamerasWriteIsReadInEvidence() {
        home(new String[] {"com.drew.."}, "org.maplebridge.signaling.evidence..");
    }

    @Test
    void objectStoresAreAskedInS3() {
        home(new String[] {"software.amazon.."}, "org.maplebridge.signaling.objects.s3..");
    }

    @Test
    void tracesLeaveFromOtlp() {
        home(new String[] {"io.opentelemetry.."}, "org.maplebridge.signaling.trace.otlp..", LOAD);
    }

    @Test
    void papersArePrintedInPaper() {
        home(new String[] {"org.openpdf.."}, "org.maplebridge.signaling.mediation.paper..");
    }

    @Test
    void nettyChannelsAndBuffersLiveWhereTheSocketsAre() {
        home(
                new String[] {
                    "io.netty.channel..",
                    "io.netty.buffer..",
                    "io.netty.bootstrap..",
                    "io.netty.handler.."
                },
                "org.maplebridge.media.netty..",
                "org.maplebridge.media.tcp..",
                LOAD);
    }

    @Test
    void ffmpegLivesInTheFinisher() {
        home(new String[] {"org.bytedeco.."}, "org.maplebridge.media.finish.ffmpeg..", LOAD);
    }

    @Test
    void theStunCodecLivesInStun() {
        home(new String[] {"org.ice4j..", "org.jitsi.."}, "org.maplebridge.media.stun..");
    }

    @Test
    void bouncyCastleLivesInDtls() {
        home(new String[] {"org.bouncycastle.."}, "org.maplebridge.media.dtls..", BOOT);
    }

    @Test
    void jettyLivesInTheShells() {
        home(
                new String[] {"org.eclipse.jetty.."},
                "org.maplebridge.signaling.websocket..",
                BOOT,
                LOAD);
    }

    @Test
    void springStaysOutOfTheRelayAndTheRules() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.maplebridge.media..",
                        "org.maplebridge.dispatch.model..",
                        "org.maplebridge.dispatch.organisation..",
                        "org.maplebridge.dispatch.order..",
                        "org.maplebridge.dispatch.floor..",
                        "org.maplebridge.dispatch.intake..",
                        "org.maplebridge.dispatch.evidence..",
                        "org.maplebridge.dispatch.figures..",
                        "org.maplebridge.dispatch.duty..",
                        "org.maplebridge.dispatch.message..",
                        "org.maplebridge.dispatch.mediation..",
                        "org.maplebridge.dispatch.bus..",
                        "org.maplebridge.dispatch.store..",
                        "org.maplebridge.dispatch.hazelcast..",
                        "org.maplebridge.signaling.protocol..",
                        "org.maplebridge.signaling.command..",
                        "org.maplebridge.signaling.mediation..",
                        "org.maplebridge.signaling.session..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..")
                .allowEmptyShould(true)
                .check(Code.CLASSES);
    }

    @Test
    void systemCallsLiveInSyscallAndTheCipher() {
        classes()
                .that()
                .resideInAnyPackage("org.maplebridge..")
                .and()
                .resideOutsideOfPackages(
                        "org.maplebridge.media.syscall..", "org.maplebridge.media.srtp..", LOAD)
                .should()
                .onlyDependOnClassesThat()
                .doNotHaveFullyQualifiedName("java.lang.foreign.Linker")
                .check(Code.CLASSES);
    }

    private static void home(String[] technology, String... homes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(technology)
                .allowEmptyShould(true)
                .check(Code.CLASSES);
    }
}
