package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import com.hazelcast.spi.merge.SplitBrainMergeTypes.MapMergeTypes;
import org.jspecify.annotations.Nullable;

/// When two halves of a cluster find together again and both gave the same floor away, or both took
/// the decision about it, the later one stands. Has no state: it is made anew on each member.
public final class HigherEpochWins
        implements SplitBrainMergePolicy<
                Wire.Counted, MapMergeTypes<Object, Wire.Counted>, Object> {

    @Override
    public Object merge(
            MapMergeTypes<Object, Wire.Counted> mergingValue,
            @Nullable MapMergeTypes<Object, Wire.Counted> existingValue) {
        if (existingValue == null) {
            return mergingValue.getRawValue();
        }
        Wire.Counted merging = mergingValue.getValue();
        Wire.Counted existing = existingValue.getValue();
        return merging.count() > existing.count()
                ? mergingValue.getRawValue()
                : existingValue.getRawValue();
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}
