package org.maplebridge.signaling.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.ServletWebRequest;

/// Answers one request for a recorded sound, picture or video with all or a part of its file, piece
/// by piece. The file is written once and never changes, so its name and length stand for what is
/// in it.
///
/// Thread: the request's own.
public final class FileAnswer {
    /// @param name stands for what is in the file
    /// @param fileName under which it is saved, made of plain characters
    /// @param caching as Cache-Control says it
    public record Content(String name, String fileName, String mediaType, String caching) {}

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final FileChannel file;
    private final long length;
    private final String etag;
    private final ByteRange range;
    private final boolean decided;
    private final String mediaType;

    /// Decides what is answered; nothing of the file has left then.
    public FileAnswer(
            HttpServletRequest request,
            HttpServletResponse response,
            FileChannel file,
            Content content)
            throws IOException {
        this.request = request;
        this.response = response;
        this.file = file;
        length = file.size();
        mediaType = content.mediaType();
        etag = "\"%s-%d\"".formatted(content.name(), length);
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("Cache-Control", content.caching());
        response.setHeader(
                "Content-Disposition", "inline; filename=\"%s\"".formatted(content.fileName()));
        decided = isAnother() || new ServletWebRequest(request, response).checkNotModified(etag);
        range = isStillTheSame() ? ByteRange.of(request.getHeader("Range"), length) : whole();
    }

    /// If-Match comes first (RFC 9110 §13.2.2).
    private boolean isAnother() {
        @Nullable String wanted = request.getHeader("If-Match");
        if (wanted == null
                || wanted.strip().equals("*")
                || Arrays.stream(wanted.split(",", -1)).map(String::strip).anyMatch(etag::equals)) {
            return false;
        }
        response.setHeader("ETag", etag);
        response.setStatus(HttpStatus.PRECONDITION_FAILED.value());
        return true;
    }

    private static ByteRange whole() {
        return new ByteRange.Whole();
    }

    /// If-Range with another tag, or with a date, asks for the whole (RFC 9110 §13.1.5).
    private boolean isStillTheSame() {
        @Nullable String known = request.getHeader("If-Range");
        return known == null || known.equals(etag);
    }

    /// Whether somebody hears or sees something by this answer, be it from their own memory.
    public boolean isPlay() {
        return request.getMethod().equals("GET")
                && response.getStatus() != HttpStatus.PRECONDITION_FAILED.value()
                && !(range instanceof ByteRange.Outside);
    }

    public void write() throws IOException {
        if (decided) {
            return;
        }
        switch (range) {
            case ByteRange.Whole _ -> send(0, length);
            case ByteRange.Part part -> {
                response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
                response.setHeader(
                        "Content-Range",
                        "bytes %d-%d/%d".formatted(part.first(), part.last(), length));
                send(part.first(), part.length());
            }
            case ByteRange.Outside _ -> {
                response.setHeader("Content-Range", "bytes */%d".formatted(length));
                throw new ApiProblem(
                        HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                        "no-such-range",
                        "The file has %d bytes.".formatted(length));
            }
        }
    }

    private void send(long from, long count) throws IOException {
        response.setContentType(mediaType);
        response.setContentLengthLong(count);
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        var out = Channels.newChannel(response.getOutputStream());
        for (long sent = 0; sent < count; ) {
            long more = file.transferTo(from + sent, count - sent, out);
            if (more <= 0) {
                throw new EOFException("the file has become shorter");
            }
            sent += more;
        }
    }
}
