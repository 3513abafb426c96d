package org.maplebridge.media.finish.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.maplebridge.media.record.file.RecordedFormat.Codec;

/// Writes one WebM or MP4: tracks first, then frames in the order of their moments.
///
/// Thread: confined to its caller.
public final class PieceWriter implements AutoCloseable {
    private static final int SOUND_RATE = 48_000;
    private static final AVRational NANO = av_make_q(1, 1_000_000_000);

    private record Track(AVStream stream, Codec codec) {}

    private final Path file;
    private final AVFormatContext context = new AVFormatContext(null);
    private final AVIOContext out = new AVIOContext(null);
    private final List<Track> tracks = new ArrayList<>();
    private final List<Long> lastAt = new ArrayList<>();
    private boolean begun;

    /// @param mp4 else WebM
    public PieceWriter(Path file, boolean mp4) throws IOException {
        this.file = file;
        Ffmpeg.check(
                avformat_alloc_output_context2(
                        context, null, mp4 ? "mp4" : "webm", file.toString()),
                "a container");
    }

    /// @param setup of H.264 and AV1; else empty
    /// @param first a key frame, of which the size is told; of sound any packet
    public void add(Codec codec, byte[] setup, byte[] first) throws IOException {
        AVStream stream = avformat_new_stream(context, null);
        AVCodecParameters parameters = stream.codecpar();
        if (codec.picture()) {
            picture(parameters, codec, setup, first);
            stream.time_base(av_make_q(1, 90_000));
        } else {
            sound(parameters);
            stream.time_base(av_make_q(1, SOUND_RATE));
        }
        tracks.add(new Track(stream, codec));
        lastAt.add(Long.MIN_VALUE);
    }

    private static void picture(
            AVCodecParameters parameters, Codec codec, byte[] setup, byte[] first)
            throws IOException {
        parameters.codec_type(AVMEDIA_TYPE_VIDEO);
        parameters.codec_id(id(codec));
        extra(parameters, setup);
        AVCodecParameters asked = avcodec_parameters_alloc();
        try {
            Ffmpeg.check(avcodec_parameters_copy(asked, parameters), "a track's settings");
            try (var decoder = new Decoder(asked)) {
                AVFrame frame = decoder.decode(first);
                if (frame == null) {
                    throw new IOException("the first key frame cannot be decoded");
                }
                parameters.width(frame.width());
                parameters.height(frame.height());
                parameters.format(frame.format());
            }
        } finally {
            avcodec_parameters_free(asked);
        }
    }

    private static int id(Codec codec) {
        return switch (codec) {
            case OPUS -> AV_CODEC_ID_OPUS;
            case VP8 -> AV_CODEC_ID_VP8;
            case H264 -> AV_CODEC_ID_H264;
            case VP9 -> AV_CODEC_ID_VP9;
            case AV1 -> AV_CODEC_ID_AV1;
        };
    }

    /// RFC 7845 §5.1; no pre-skip, since what was recorded began before.
    private static void sound(AVCodecParameters parameters) throws IOException {
        parameters.codec_type(AVMEDIA_TYPE_AUDIO);
        parameters.codec_id(id(Codec.OPUS));
        parameters.sample_rate(SOUND_RATE);
        av_channel_layout_default(parameters.ch_layout(), 2);
        extra(
                parameters,
                ByteBuffer.allocate(19)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
                        .put((byte) 1)
                        .put((byte) 2)
                        .putShort((short) 0)
                        .putInt(SOUND_RATE)
                        .putShort((short) 0)
                        .put((byte) 0)
                        .array());
    }

    private static void extra(AVCodecParameters parameters, byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        Pointer memory = av_mallocz(bytes.length + AV_INPUT_BUFFER_PADDING_SIZE);
        if (memory == null) {
            throw new IOException("no memory");
        }
        var extra = new BytePointer(memory);
        extra.put(bytes, 0, bytes.length);
        parameters.extradata(extra);
        parameters.extradata_size(bytes.length);
    }

    private void begin() throws IOException {
        begun = true;
        Ffmpeg.check(avio_open(out, file.toString(), AVIO_FLAG_WRITE), file.toString());
        context.pb(out);
        var options = new AVDictionary(null);
        try {
            // What is played by ranges has its index in front.
            Ffmpeg.check(av_dict_set(options, "movflags", "faststart", 0), "an option");
            Ffmpeg.check(av_dict_set(options, "cues_to_front", "1", 0), "an option");
            Ffmpeg.check(avformat_write_header(context, options), "the container's head");
        } finally {
            av_dict_free(options);
        }
    }

    /// @param atNanos from the piece's beginning; a track's frames come in order
    public void frame(int track, long atNanos, boolean key, byte[] data) throws IOException {
        if (!begun) {
            begin();
        }
        AVStream stream = tracks.get(track).stream();
        long at = Math.max(av_rescale_q(atNanos, NANO, stream.time_base()), 0);
        boolean first = lastAt.get(track) == Long.MIN_VALUE;
        at = Math.max(at, first ? 0 : lastAt.get(track) + 1);
        // As long as the one before: else the last one lasts no time, and players leave it out.
        long lasts = first ? 1 : at - lastAt.get(track);
        lastAt.set(track, at);
        AVPacket packet = av_packet_alloc();
        try {
            Ffmpeg.check(av_new_packet(packet, data.length), "memory for a packet");
            packet.data().put(data, 0, data.length);
            packet.stream_index(track);
            packet.pts(at);
            packet.dts(at);
            packet.duration(lasts);
            packet.flags(key ? AV_PKT_FLAG_KEY : 0);
            Ffmpeg.check(av_interleaved_write_frame(context, packet), "a frame");
        } finally {
            av_packet_free(packet);
        }
    }

    /// Ends the file.
    public void end() throws IOException {
        if (!begun) {
            begin();
        }
        Ffmpeg.check(av_write_trailer(context), "the container's end");
        Ffmpeg.check(avio_closep(out), "closing the file");
    }

    @Override
    public void close() {
        avformat_free_context(context);
    }
}
