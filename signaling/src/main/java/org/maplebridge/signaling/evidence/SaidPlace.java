package org.maplebridge.signaling.evidence;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.GeoLocation;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.tiff.DirectoryTiffHandler;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;

/// Where a picture says that it was taken. Anybody can write that into a file, so it proves
/// nothing.
///
/// Of all that a camera writes, the position alone is read: what else there may be (makers' notes,
/// previews, packed colour profiles) is passed over.
///
/// Thread: any.
final class SaidPlace {
    private SaidPlace() {}

    /// @param exif a TIFF structure from anybody, at most 64 KiB
    static Optional<GeoPoint> in(byte[] exif) {
        if (exif.length == 0) {
            return Optional.empty();
        }
        var metadata = new Metadata();
        try {
            new TiffReader().processTiff(new ByteArrayReader(exif), new PositionAlone(metadata), 0);
        } catch (TiffProcessingException | IOException | RuntimeException noTiff) {
            return Optional.empty(); // whatever it is, it is no position
        }
        return Optional.ofNullable(metadata.getFirstDirectoryOfType(GpsDirectory.class))
                .flatMap(SaidPlace::point);
    }

    private static Optional<GeoPoint> point(GpsDirectory position) {
        @Nullable GeoLocation place = position.getGeoLocation();
        if (place == null || place.isZero()) {
            return Optional.empty();
        }
        double latitude = place.getLatitude();
        double longitude = place.getLongitude();
        boolean real = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
        return real ? Optional.of(new GeoPoint(latitude, longitude)) : Optional.empty();
    }

    /// Enters one block within the first, and that once: a file may point from each of its bytes to
    /// each other.
    private static final class PositionAlone extends DirectoryTiffHandler {
        private boolean entered;

        PositionAlone(Metadata metadata) {
            super(metadata, null);
        }

        @Override
        public void setTiffMarker(int marker) throws TiffProcessingException {
            if (marker != 42) {
                throw new TiffProcessingException("no TIFF of cameras: " + marker);
            }
            pushDirectory(ExifIFD0Directory.class);
        }

        @Override
        public boolean tryEnterSubIfd(int tag) {
            boolean position = tag == ExifIFD0Directory.TAG_GPS_INFO_OFFSET && !entered;
            if (position) {
                entered = true;
                pushDirectory(GpsDirectory.class);
            }
            return position;
        }

        @Override
        public boolean hasFollowerIfd() {
            return false;
        }

        @Override
        public @Nullable Long tryCustomProcessFormat(int tag, int format, long count) {
            return null;
        }

        @Override
        public boolean customProcessTag(
                int offset,
                Set<Integer> processed,
                int header,
                RandomAccessReader reader,
                int tag,
                int bytes) {
            return !(_currentDirectory instanceof GpsDirectory);
        }
    }
}
