package org.maplebridge.media.finish.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_ERROR_MAX_STRING_SIZE;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What FFmpeg answers, as Java says it.
final class Ffmpeg {
    static {
        av_log_set_level(AV_LOG_FATAL); // what fails is answered; the rest is chatter
    }

    private Ffmpeg() {}

    /// @return what it answered, unless that is an error
    static int check(int answer, String what) throws IOException {
        if (answer < 0) {
            byte[] text = new byte[AV_ERROR_MAX_STRING_SIZE];
            av_strerror(answer, text, text.length);
            int length = 0;
            while (length < text.length && text[length] != 0) {
                length++;
            }
            String words = new String(text, 0, length, StandardCharsets.UTF_8);
            throw new IOException(what + ": " + words);
        }
        return answer;
    }
}
