package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import com.hazelcast.spi.merge.SplitBrainMergeTypes.MapMergeTypes;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.hazelcast.Wire.WireFloor;

/// When two halves of a cluster find together again and both gave the same floor away, the later
/// grant stands, so that the next one counts on from it. Has no state: it is made anew on each
/// member.
public final class HigherEpochWins
        implements SplitBrainMergePolicy<WireFloor, MapMergeTypes<Object, WireFloor>, Object> {

    @Override
    public Object merge(
            MapMergeTypes<Object, WireFloor> mergingValue,
            @Nullable MapMergeTypes<Object, WireFloor> existingValue) {
        if (existingValue == null) {
            return mergingValue.getRawValue();
        }
        WireFloor merging = mergingValue.getValue();
        WireFloor existing = existingValue.getValue();
        return merging.epoch() > existing.epoch()
                ? mergingValue.getRawValue()
                : existingValue.getRawValue();
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}
