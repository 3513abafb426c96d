package org.maplebridge.media.srtp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Every source of ciphers this machine has, and every pair of profile and source.
final class CipherChoices {
    private CipherChoices() {}

    static List<SrtpCiphers> all() {
        List<SrtpCiphers> all = new ArrayList<>(List.of(SrtpCiphers.jdk()));
        if (!SrtpCiphers.best().equals(SrtpCiphers.jdk())) {
            all.add(SrtpCiphers.best());
        }
        return all;
    }

    static Stream<Arguments> withProfiles() {
        return all().stream()
                .flatMap(ciphers ->
                        Stream.of(SrtpProfile.values())
                                .map(profile -> Arguments.of(profile, ciphers)));
    }
}
