package org.maplebridge.media.finish.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/// Plays one track of a finished piece: the first picture or the first sound.
///
/// Thread: confined to its caller.
public final class PieceReader implements AutoCloseable {
    private static final AVRational NANO = av_make_q(1, 1_000_000_000);

    private final AVFormatContext context = new AVFormatContext(null);
    private final AVPacket packet = av_packet_alloc();
    private final AVStream stream;
    private final Decoder decoder;
    private boolean drained;

    private PieceReader(Path file, int type) throws IOException {
        Ffmpeg.check(
                avformat_open_input(context, file.toString(), null, (AVDictionary) null),
                file.toString());
        Ffmpeg.check(avformat_find_stream_info(context, (PointerPointer<?>) null), file.toString());
        int index =
                Ffmpeg.check(
                        av_find_best_stream(context, type, -1, -1, (PointerPointer<?>) null, 0),
                        "a track of " + file);
        stream = context.streams(index);
        decoder = new Decoder(stream.codecpar());
    }

    public static PieceReader picture(Path file) throws IOException {
        return new PieceReader(file, AVMEDIA_TYPE_VIDEO);
    }

    public static PieceReader sound(Path file) throws IOException {
        return new PieceReader(file, AVMEDIA_TYPE_AUDIO);
    }

    public long durationNanos() {
        return context.duration() * (1_000_000_000L / AV_TIME_BASE);
    }

    /// Goes to the last key frame before a moment.
    public void seek(long nanos) throws IOException {
        long at = av_rescale_q(nanos, NANO, stream.time_base());
        Ffmpeg.check(av_seek_frame(context, stream.index(), at, AVSEEK_FLAG_BACKWARD), "a seek");
        decoder.flush();
        drained = false;
    }

    /// The next picture or sound, lent until the next call; null at the end.
    public @Nullable AVFrame next() {
        AVFrame frame = decoder.next();
        while (frame == null && !drained) {
            if (av_read_frame(context, packet) < 0) {
                drained = true;
                decoder.send(null);
            } else if (packet.stream_index() == stream.index()) {
                decoder.send(packet);
            }
            av_packet_unref(packet);
            frame = decoder.next();
        }
        return frame;
    }

    /// When it is to be played.
    public long atNanos(AVFrame frame) {
        return av_rescale_q(frame.best_effort_timestamp(), stream.time_base(), NANO);
    }

    @Override
    public void close() {
        decoder.close();
        av_packet_free(packet);
        avformat_close_input(context);
    }
}
