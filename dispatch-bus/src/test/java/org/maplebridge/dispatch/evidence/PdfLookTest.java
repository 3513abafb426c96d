package org.maplebridge.dispatch.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class PdfLookTest {
    private static final String PLAIN =
            """
            %PDF-1.4
            1 0 obj << /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit] >> endobj
            2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
            3 0 obj << /Type /Page /Parent 2 0 R /Annots [<< /S /URI /URI (https://x) >>] >> endobj
            """;
    private static final String END = "trailer << /Root 1 0 R >>\n%%EOF\n";

    private static Optional<EvidenceFault> fault(String body) {
        return PdfLook.fault((PLAIN + body + END).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aPaperIsTaken() {
        assertThat(fault("")).isEmpty();
        assertThat(fault("4 0 obj << /Title (JavaScript and /Launchpad) >> endobj\n")).isEmpty();
    }

    @Test
    void whateverActsIsRefusedHoweverItIsWritten() {
        for (String act :
                List.of(
                        "/S /JavaScript /JS (app.alert(1))",
                        "/S/JavaScript/JS<61>",
                        "/S /J#61vaScript /JS (x)",
                        "/S /#4aavaScri#70t",
                        "/S /Launch /F (cmd.exe)",
                        "/S /SubmitForm /F (https://x)",
                        "/S /ImportData",
                        "/Names << /EmbeddedFiles 9 0 R >>",
                        "/Type /EmbeddedFile",
                        "/Subtype /RichMedia",
                        "/S /Rendition",
                        "/AcroForm << /XFA 9 0 R >>")) {
            assertThat(fault("4 0 obj << " + act + " >> endobj\n"))
                    .as(act)
                    .contains(EvidenceFault.ACTIVE_CONTENT);
        }
    }

    @Test
    void whatCannotBeLookedIntoIsRefused() {
        assertThat(fault("5 0 obj << /Encrypt 6 0 R >> endobj\n"))
                .contains(EvidenceFault.LOCKED_DOCUMENT);
        assertThat(fault("5 0 obj << /Type /ObjStm /N 1 >>\nstream\nnot deflate\nendstream\n"))
                .contains(EvidenceFault.LOCKED_DOCUMENT);
        assertThat(PdfLook.fault("%PDF-1.4 and no end".getBytes(StandardCharsets.US_ASCII)))
                .contains(EvidenceFault.WRONG_TYPE);
        assertThat(PdfLook.fault(new byte[0])).contains(EvidenceFault.WRONG_TYPE);
    }

    @Test
    void compressedObjectsAreLookedInto() {
        assertThat(PdfLook.fault(packed("4 0 << /Type /Annot >>"))).isEmpty();
        assertThat(PdfLook.fault(packed("4 0 << /S /JavaScript /JS (x) >>")))
                .contains(EvidenceFault.ACTIVE_CONTENT);
    }

    /// A few kilobytes that would become more than a memory bears.
    @Test
    void aBombIsNotUnpacked() {
        assertThat(PdfLook.fault(packed(" ".repeat(PdfLook.MOST_UNPACKED + 1))))
                .contains(EvidenceFault.LOCKED_DOCUMENT);
    }

    /// A scanned page is compressed at random.
    @Test
    void pixelsAreNotTakenForActs() {
        var random = new Random(7);
        var pixels = new byte[4 << 20];
        random.nextBytes(pixels);
        var body = "6 0 obj << /Filter /DCTDecode >>\nstream\n";
        assertThat(fault(body + new String(pixels, StandardCharsets.ISO_8859_1) + "\nendstream\n"))
                .isEmpty();
    }

    private static byte[] packed(String objects) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(
                (PLAIN + "7 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        try (var deflater = new Deflater()) {
            deflater.setInput(objects.getBytes(StandardCharsets.US_ASCII));
            deflater.finish();
            var buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                file.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        file.writeBytes(("\nendstream endobj\n" + END).getBytes(StandardCharsets.US_ASCII));
        return file.toByteArray();
    }
}
