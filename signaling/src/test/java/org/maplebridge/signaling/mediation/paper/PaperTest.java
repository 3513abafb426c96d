package org.maplebridge.signaling.mediation.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Consent;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.mediation.Writing;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.signaling.mediation.Drafts;

/// The seal in a paper; what the paper looks like is for eyes, and lies in `target/papers`.
class PaperTest {
    private static final String NAME = "10,10 60,240 290,80 320,330 560,90 700,250 840,90 900,20";

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @Test
    void theSealStandsInThePaperOrItsPlaceDoes() throws IOException {
        @Nullable String font = font();
        assumeThat(font).as("a font with Chinese").isNotNull();
        var seal = Seal.of(picture()).orElseThrow();
        var sealed = new Paper(font, "", seal);
        assertThat(sealed.sealHash()).contains(seal.sha256());
        assertThat(new Paper(font, "", null).sealHash()).isEqualTo(Optional.empty());
        byte[] with = sealed.of(ended());
        byte[] without = new Paper(font, "", null).of(ended());
        keep("sealed.pdf", with);
        keep("unsealed.pdf", without);
        assertThat(text(with)).startsWith("%PDF-").contains("/Subtype/Image");
        assertThat(text(without)).startsWith("%PDF-").doesNotContain("/Subtype/Image");
    }

    @Test
    void whoTookPartByTelephoneIsNamed() throws IOException {
        var mediation = ended();
        assertThat(Drafts.byTelephone(mediation)).isEmpty();
        assertThat(Drafts.of(Writing.Kind.MINUTES, mediation, NOW)).doesNotContain("电话");
        var called =
                allowed(
                        CaseRules.consentByKey(
                                open(),
                                new PersonId("p3"),
                                Consent.Subject.CONFIDENTIALITY,
                                true,
                                NOW));
        assertThat(Drafts.byTelephone(called)).isEqualTo("张某");
        assertThat(Drafts.of(Writing.Kind.MINUTES, called, NOW)).contains("部分参加人以电话参加", "张某（电话参加）");
        @Nullable String font = font();
        assumeThat(font).as("a font with Chinese").isNotNull();
        keep("telephone.pdf", new Paper(font, "", null).of(signed(called)));
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }

    private static void keep(String name, byte[] file) throws IOException {
        var folder = Files.createDirectories(Path.of("target", "papers"));
        Files.write(folder.resolve(name), file);
    }

    private static @Nullable String font() {
        return Stream.of(
                        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc,2",
                        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
                        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc,0")
                .filter(place -> Files.isReadable(Path.of(place.replaceAll(",\\d+$", ""))))
                .findFirst()
                .orElse(null);
    }

    private static byte[] picture() throws IOException {
        var image = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
        var pen = image.createGraphics();
        pen.setColor(new Color(0xC8, 0x10, 0x10));
        pen.setStroke(new java.awt.BasicStroke(12));
        pen.drawOval(8, 8, 284, 284);
        pen.fillOval(110, 110, 80, 80);
        pen.dispose();
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static Mediation ended() {
        return signed(open());
    }

    private static Mediation open() {
        var mediation =
                new Mediation(
                        new MediationId("m-1"),
                        null,
                        new NodeId("zeguo"),
                        "院墙纠纷",
                        "院墙",
                        new UserId("mediator"),
                        NOW,
                        null);
        for (var role : List.of(Person.Role.MEDIATOR, Person.Role.PARTY, Person.Role.PARTY)) {
            mediation = allowed(CaseRules.add(mediation, role, "张某", null, null, null));
        }
        return mediation;
    }

    private static Mediation signed(Mediation opened) {
        var now = NOW;
        var leads = new PersonId("p1");
        var mediation = opened;
        var kind = Writing.Kind.AGREEMENT;
        mediation = allowed(CaseRules.write(mediation, leads, kind, 0, "十日内修好院墙。", now));
        mediation = allowed(CaseRules.readBack(mediation, leads, kind, 1, now));
        var hash = mediation.writing(kind).orElseThrow().hash();
        for (var id : List.of("p2", "p3", "p1")) {
            mediation = allowed(CaseRules.sign(mediation, new PersonId(id), kind, hash, NAME, now));
        }
        return allowed(CaseRules.end(mediation, leads, Mediation.Outcome.AGREED, "CODE1234", now));
    }

    private static Mediation allowed(Ruling<Mediation> ruling) {
        return switch (ruling) {
            case Ruling.Allowed<Mediation>(Mediation next) -> next;
            case Ruling.Barred<Mediation>(var why) -> throw new AssertionError(why);
        };
    }
}
