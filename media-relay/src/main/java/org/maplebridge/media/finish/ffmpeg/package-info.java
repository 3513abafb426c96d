/// The only FFmpeg: containers written, pictures and sounds decoded for what stands beside a piece.
///
/// Runs in the finisher's own process alone.
@NullMarked
package org.maplebridge.media.finish.ffmpeg;

import org.jspecify.annotations.NullMarked;
