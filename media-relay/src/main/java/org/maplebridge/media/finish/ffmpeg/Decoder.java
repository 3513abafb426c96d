package org.maplebridge.media.finish.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.io.IOException;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// Turns packets of one stream into pictures or sounds.
///
/// Thread: confined to its caller.
final class Decoder implements AutoCloseable {
    private final AVCodecContext context;
    private final AVFrame frame = av_frame_alloc();

    Decoder(AVCodecParameters parameters) throws IOException {
        AVCodec codec = codec(parameters.codec_id());
        context = avcodec_alloc_context3(codec);
        Ffmpeg.check(avcodec_parameters_to_context(context, parameters), "a decoder's settings");
        context.thread_count(1);
        Ffmpeg.check(avcodec_open2(context, codec, (AVDictionary) null), "a decoder");
    }

    private static AVCodec codec(int id) throws IOException {
        @Nullable AVCodec codec = null;
        for (String name : better(id)) {
            codec = codec == null ? avcodec_find_decoder_by_name(name) : codec;
        }
        codec = codec == null ? avcodec_find_decoder(id) : codec;
        if (codec == null) {
            throw new IOException("there is no decoder for codec " + id);
        }
        return codec;
    }

    /// FFmpeg's own decoder of Opus does not conceal what is lost, and its own one of AV1 is for
    /// hardware alone.
    private static List<String> better(int id) {
        if (id == AV_CODEC_ID_OPUS) {
            return List.of("libopus");
        }
        return id == AV_CODEC_ID_AV1 ? List.of("libdav1d", "libaom-av1") : List.of();
    }

    /// What the first of these bytes shows; null when nothing.
    @Nullable AVFrame decode(byte[] data) throws IOException {
        AVPacket packet = av_packet_alloc();
        try {
            Ffmpeg.check(av_new_packet(packet, data.length), "memory for a packet");
            packet.data().put(data, 0, data.length);
            send(packet);
            AVFrame found = next();
            if (found == null) {
                send(null);
                found = next();
            }
            return found;
        } finally {
            av_packet_free(packet);
        }
    }

    /// What is damaged is left out.
    void send(@Nullable AVPacket packet) {
        int unused = avcodec_send_packet(context, packet);
    }

    /// The next one, lent until the next call; null when it needs more.
    @Nullable AVFrame next() {
        return avcodec_receive_frame(context, frame) < 0 ? null : frame;
    }

    void flush() {
        avcodec_flush_buffers(context);
    }

    @Override
    public void close() {
        av_frame_free(frame);
        avcodec_free_context(context);
    }
}
