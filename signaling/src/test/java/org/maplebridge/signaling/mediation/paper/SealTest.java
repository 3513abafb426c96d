package org.maplebridge.signaling.mediation.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.mediation.CaseRules;

class SealTest {
    private static byte[] picture(String format, int side) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    @Test
    void isAPngThatFits() throws IOException {
        byte[] png = picture("png", 300);
        assertThat(Seal.of(png).orElseThrow().sha256()).isEqualTo(CaseRules.sha256(png));
        assertThat(Seal.of(picture("jpg", 300))).isEmpty();
        assertThat(Seal.of(picture("png", Seal.MOST_SIDE + 1))).isEmpty();
        assertThat(Seal.of(Arrays.copyOf(png, Seal.MOST_BYTES + 1))).isEmpty();
        assertThat(Seal.of(new byte[0])).isEmpty();
    }
}
