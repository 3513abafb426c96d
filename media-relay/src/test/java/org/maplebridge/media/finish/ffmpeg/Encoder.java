package org.maplebridge.media.finish.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.ShortPointer;

/// What a camera or a microphone sends: real VP8, VP9, AV1, H.264 and Opus.
///
/// Thread: confined to its test.
public final class Encoder implements AutoCloseable {
    private static final int SOUND_RATE = 48_000;
    public static final int SAMPLES = 960;

    private final AVCodecContext context;
    private final AVFrame frame = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();
    private long number;

    private Encoder(String name, Consumer<AVCodecContext> settings, String... options)
            throws IOException {
        AVCodec codec = avcodec_find_encoder_by_name(name);
        if (codec == null) {
            throw new IOException("there is no encoder " + name);
        }
        context = avcodec_alloc_context3(codec);
        settings.accept(context);
        context.thread_count(1);
        var dictionary = new AVDictionary(null);
        for (int i = 0; i < options.length; i += 2) {
            av_dict_set(dictionary, options[i], options[i + 1], 0);
        }
        Ffmpeg.check(avcodec_open2(context, codec, dictionary), name);
    }

    public static Encoder vp8(int width, int height, int framesPerSecond) throws IOException {
        return inRealTime("libvpx", "deadline", width, height, framesPerSecond);
    }

    public static Encoder vp9(int width, int height, int framesPerSecond) throws IOException {
        return inRealTime("libvpx-vp9", "deadline", width, height, framesPerSecond);
    }

    /// One temporal unit for each picture.
    public static Encoder av1(int width, int height, int framesPerSecond) throws IOException {
        return inRealTime("libaom-av1", "usage", width, height, framesPerSecond);
    }

    /// @param mode by which name the encoder is told to hurry
    private static Encoder inRealTime(
            String name, String mode, int width, int height, int framesPerSecond)
            throws IOException {
        var encoder =
                new Encoder(
                        name,
                        context -> picture(context, width, height, framesPerSecond),
                        mode,
                        "realtime",
                        "cpu-used",
                        "8",
                        "lag-in-frames",
                        "0");
        return encoder.pictureFrame(width, height);
    }

    public static Encoder h264(int width, int height, int framesPerSecond) throws IOException {
        var encoder =
                new Encoder(
                        "libopenh264",
                        context -> picture(context, width, height, framesPerSecond),
                        "allow_skip_frames",
                        "0");
        return encoder.pictureFrame(width, height);
    }

    private static void picture(AVCodecContext context, int width, int height, int perSecond) {
        context.width(width);
        context.height(height);
        context.pix_fmt(AV_PIX_FMT_YUV420P);
        context.time_base(av_make_q(1, perSecond));
        context.framerate(av_make_q(perSecond, 1));
        context.bit_rate(300_000);
        context.gop_size(1_000_000);
        context.max_b_frames(0);
    }

    private Encoder pictureFrame(int width, int height) throws IOException {
        frame.width(width);
        frame.height(height);
        frame.format(AV_PIX_FMT_YUV420P);
        Ffmpeg.check(av_frame_get_buffer(frame, 0), "a picture");
        return this;
    }

    public static Encoder opus() throws IOException {
        var encoder =
                new Encoder(
                        "libopus",
                        context -> {
                            context.sample_rate(SOUND_RATE);
                            context.sample_fmt(AV_SAMPLE_FMT_S16);
                            av_channel_layout_default(context.ch_layout(), 1);
                            context.time_base(av_make_q(1, SOUND_RATE));
                            context.bit_rate(32_000);
                        },
                        "application",
                        "lowdelay",
                        "compression_level",
                        "0");
        encoder.frame.format(AV_SAMPLE_FMT_S16);
        encoder.frame.nb_samples(SAMPLES);
        encoder.frame.sample_rate(SOUND_RATE);
        av_channel_layout_default(encoder.frame.ch_layout(), 1);
        Ffmpeg.check(av_frame_get_buffer(encoder.frame, 0), "a sound");
        return encoder;
    }

    /// @param luma of the whole picture, with a little square that moves so that none is like the
    ///   one before
    public byte[] picture(int luma, boolean key) throws IOException {
        Ffmpeg.check(av_frame_make_writable(frame), "a picture");
        int stride = frame.linesize(0);
        byte[] row = new byte[stride];
        for (int y = 0; y < frame.height(); y++) {
            Arrays.fill(row, (byte) luma);
            int square = (int) (number % (frame.width() - 8));
            if (y < 8) {
                Arrays.fill(row, square, square + 8, (byte) 128);
            }
            frame.data(0).position((long) y * stride).put(row, 0, stride);
        }
        frame.data(0).position(0);
        for (int plane = 1; plane <= 2; plane++) {
            byte[] grey = new byte[frame.linesize(plane) * frame.height() / 2];
            Arrays.fill(grey, (byte) 128);
            frame.data(plane).put(grey, 0, grey.length);
        }
        frame.pict_type(key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
        return encode(1);
    }

    /// @param seed of a picture that no encoder makes small
    public byte[] noise(int seed, boolean key) throws IOException {
        Ffmpeg.check(av_frame_make_writable(frame), "a picture");
        var random = new Random(seed);
        for (int plane = 0; plane <= 2; plane++) {
            byte[] bytes = new byte[frame.linesize(plane) * frame.height() / (plane == 0 ? 1 : 2)];
            random.nextBytes(bytes);
            frame.data(plane).put(bytes, 0, bytes.length);
        }
        frame.pict_type(key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
        return encode(1);
    }

    /// @param samples one for each tick of 48 kHz, 20 ms
    public byte[] sound(short[] samples) throws IOException {
        Ffmpeg.check(av_frame_make_writable(frame), "a sound");
        new ShortPointer(frame.data(0)).put(samples, 0, SAMPLES);
        return encode(SAMPLES);
    }

    private byte[] encode(long step) throws IOException {
        frame.pts(number);
        number += step;
        Ffmpeg.check(avcodec_send_frame(context, frame), "encoding");
        Ffmpeg.check(avcodec_receive_packet(context, packet), "what was encoded");
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes, 0, bytes.length);
        av_packet_unref(packet);
        return bytes;
    }

    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
    }
}
