package org.maplebridge.signaling.mediation.paper;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Drawing;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.Signature;
import org.maplebridge.dispatch.mediation.Writing;
import org.maplebridge.signaling.mediation.Drafts;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Image;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfTemplate;
import org.openpdf.text.pdf.PdfWriter;

/// Prints what a mediation came to as PDF: the text, each name as it was drawn, the hash that was
/// signed, and the code by which anybody asks whether a copy is the one that was signed. The font
/// is in the file, so it reads the same everywhere.
///
/// Thread: any; one paper at a time.
public final class Paper {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.CHINA)
                    .withZone(ZoneId.of("Asia/Shanghai"));

    private static final float MARGIN = 56;
    private static final float TITLE = 18;
    private static final float TEXT = 12;
    private static final float SMALL = 8;
    private static final float NAME_WIDTH = 150;
    private static final float PEN = 1.6f;
    private static final Color GREY = new Color(0x4A, 0x5A, 0x6A);

    private static final float SEAL = 92;
    private static final String SEAL_HERE = "（盖章处）";

    private final @Nullable String font;
    private final String verifyAt;
    private final @Nullable Seal seal;

    /// @param font a file, with `,n` behind it for the n-th of a collection; absent where there is
    ///   none with Chinese
    /// @param verifyAt address at which a code is asked for, without the code; empty for none
    /// @param seal of the site; absent where a room for it is printed
    public Paper(@Nullable String font, String verifyAt, @Nullable Seal seal) {
        this.font = font;
        this.verifyAt = verifyAt;
        this.seal = seal;
    }

    /// By which the seal that is printed can be told; absent where there is none.
    public Optional<String> sealHash() {
        return Optional.ofNullable(seal).map(Seal::sha256);
    }

    /// Whether anything can be printed here.
    public boolean isReady() {
        return font != null;
    }

    /// @param mediation one that is over
    public synchronized byte[] of(Mediation mediation) {
        var file = new ByteArrayOutputStream();
        try {
            print(mediation, file);
        } catch (IOException e) {
            throw new IllegalStateException("the font cannot be read: " + font, e);
        }
        return file.toByteArray();
    }

    private void print(Mediation mediation, ByteArrayOutputStream file) throws IOException {
        var base = BaseFont.createFont(font, BaseFont.IDENTITY_H, BaseFont.EMBEDDED);
        var document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);
        var writer = PdfWriter.getInstance(document, file);
        document.open();
        document.addTitle(mediation.title());
        var end = mediation.end();
        var kinds =
                end != null && end.outcome() == Mediation.Outcome.AGREED
                        ? List.of(Writing.Kind.AGREEMENT, Writing.Kind.MINUTES)
                        : List.of(Writing.Kind.NO_AGREEMENT, Writing.Kind.MINUTES);
        boolean any = false;
        for (var kind : kinds) {
            Optional<Writing> text = mediation.writing(kind).filter(one -> one.readBack() != null);
            if (text.isPresent()) {
                if (any) {
                    document.newPage();
                }
                any = true;
                text(mediation, text.get(), document, writer, base);
            }
        }
        if (!any) {
            document.add(centred("调解未进行：" + mediation.title(), new Font(base, TITLE)));
        }
        foot(mediation, document, base);
        document.close();
    }

    private void text(
            Mediation mediation, Writing text, Document document, PdfWriter writer, BaseFont base)
            throws IOException {
        document.add(centred(Drafts.title(text.kind()), new Font(base, TITLE)));
        document.add(centred(mediation.title(), new Font(base, TEXT)));
        document.add(new Paragraph(" ", new Font(base, SMALL)));
        for (String line : text.body().split("\n", -1)) {
            var paragraph = new Paragraph(line.isBlank() ? " " : line, new Font(base, TEXT));
            paragraph.setLeading(TEXT * 1.7f);
            document.add(paragraph);
        }
        document.add(new Paragraph(" ", new Font(base, SMALL)));
        document.add(names(mediation, text, writer, base));
        document.add(new Paragraph("SHA-256 " + text.hash(), new Font(base, SMALL, 0, GREY)));
    }

    private PdfPTable names(Mediation mediation, Writing text, PdfWriter writer, BaseFont base)
            throws IOException {
        var table = new PdfPTable(2);
        table.setWidthPercentage(100);
        table.setKeepTogether(true);
        var signatures = mediation.signaturesOf(text.kind());
        for (Signature signature : signatures) {
            var cell = new PdfPCell();
            cell.setBorderColor(GREY);
            cell.setPadding(6);
            var name =
                    mediation
                            .person(signature.person())
                            .map(Paper::titled)
                            .orElse(signature.person().value());
            cell.addElement(new Paragraph(name, new Font(base, TEXT)));
            var drawing = Drawing.of(signature.drawn());
            if (drawing.typed().isEmpty()) {
                cell.addElement(drawn(drawing, writer));
            } else {
                cell.addElement(new Paragraph(drawing.typed() + "（键入）", new Font(base, TITLE)));
            }
            cell.addElement(moment(signature.at(), base));
            table.addCell(cell);
            if (isMediator(mediation, signature)) {
                table.addCell(sealed(writer, base));
            }
        }
        table.completeRow();
        return table;
    }

    private static boolean isMediator(Mediation mediation, Signature signature) {
        return mediation
                .person(signature.person())
                .filter(person -> person.role() == Person.Role.MEDIATOR)
                .isPresent();
    }

    /// The site's seal beside who signs for it, or the room where it is put by hand.
    private PdfPCell sealed(PdfWriter writer, BaseFont base) throws IOException {
        var cell = new PdfPCell();
        cell.setBorderColor(GREY);
        cell.setPadding(6);
        var image = seal == null ? circle(writer) : Image.getInstance(seal.png());
        image.scaleToFit(SEAL, SEAL);
        image.setAlignment(Element.ALIGN_CENTER);
        cell.addElement(image);
        if (seal == null) {
            var here = new Paragraph(SEAL_HERE, new Font(base, SMALL, 0, GREY));
            here.setAlignment(Element.ALIGN_CENTER);
            cell.addElement(here);
        }
        return cell;
    }

    private static Image circle(PdfWriter writer) {
        PdfTemplate sheet = writer.getDirectContent().createTemplate(SEAL, SEAL);
        sheet.setColorStroke(GREY);
        sheet.setLineWidth(0.8f);
        sheet.setLineDash(4, 3, 0);
        sheet.circle(SEAL / 2, SEAL / 2, SEAL / 2 - 2);
        sheet.stroke();
        return Image.getInstance(sheet);
    }

    private static String titled(Person person) {
        return Drafts.role(person.role()) + "：" + person.name();
    }

    private static Image drawn(Drawing drawing, PdfWriter writer) {
        float scale = NAME_WIDTH / Drawing.WIDTH;
        PdfTemplate sheet =
                writer.getDirectContent().createTemplate(NAME_WIDTH, Drawing.HEIGHT * scale);
        sheet.setLineWidth(PEN);
        sheet.setLineCap(PdfContentByte.LINE_CAP_ROUND);
        sheet.setLineJoin(PdfContentByte.LINE_JOIN_ROUND);
        for (var stroke : drawing.strokes()) {
            boolean first = true;
            for (var point : stroke) {
                float x = point.x() * scale;
                float y = (Drawing.HEIGHT - point.y()) * scale;
                if (first) {
                    sheet.moveTo(x, y);
                } else {
                    sheet.lineTo(x, y);
                }
                first = false;
            }
            sheet.stroke();
        }
        return Image.getInstance(sheet);
    }

    private static Paragraph moment(Instant at, BaseFont base) {
        return new Paragraph(MOMENT.format(at), new Font(base, SMALL, 0, GREY));
    }

    private void foot(Mediation mediation, Document document, BaseFont base) {
        var end = mediation.end();
        if (end == null) {
            return;
        }
        var small = new Font(base, SMALL, 0, GREY);
        document.add(new Paragraph(" ", small));
        document.add(new Paragraph("案号 " + mediation.id(), small));
        document.add(new Paragraph("结束时间 " + MOMENT.format(end.at()), small));
        var byTelephone = Drafts.byTelephone(mediation);
        if (!byTelephone.isEmpty()) {
            document.add(new Paragraph("以电话参加（按键同意保密）：" + byTelephone, small));
        }
        var where = verifyAt.isEmpty() ? "" : "　" + verifyAt + end.code();
        document.add(new Paragraph("验证码 " + end.code() + where, small));
    }

    private static Paragraph centred(String text, Font font) {
        var paragraph = new Paragraph(text, font);
        paragraph.setAlignment(Element.ALIGN_CENTER);
        paragraph.setSpacingAfter(8);
        return paragraph;
    }
}
