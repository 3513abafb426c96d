package org.maplebridge.signaling.command.mediation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The little of a gateway's offer that has to be known before the relay reads all of it: in which
/// section the caller's voice comes, and in which sections voices of the others may go.
///
/// Pure; whatever it is given, it answers.
///
/// @param voice mid of the first audio section on which the gateway sends
/// @param ears mids of all audio sections on which it receives
record TelephoneOffer(Optional<String> voice, List<String> ears) {
    TelephoneOffer {
        ears = List.copyOf(ears);
    }

    static TelephoneOffer read(String offer) {
        Optional<String> voice = Optional.empty();
        var ears = new ArrayList<String>();
        String all = "sendrecv";
        boolean audio = false;
        boolean inside = false;
        String mid = "";
        String way = all;
        for (var line : (offer + "\nm=end").lines().map(String::strip).toList()) {
            if (line.startsWith("m=")) {
                if (audio && !mid.isEmpty()) {
                    boolean sends = way.equals("sendrecv") || way.equals("sendonly");
                    if (sends && voice.isEmpty()) {
                        voice = Optional.of(mid);
                    }
                    if (way.equals("sendrecv") || way.equals("recvonly")) {
                        ears.add(mid);
                    }
                }
                audio = line.startsWith("m=audio ") && !line.startsWith("m=audio 0 ");
                inside = true;
                mid = "";
                way = all;
            } else if (line.startsWith("a=mid:")) {
                mid = line.substring("a=mid:".length()).strip();
            } else if (List.of("a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive")
                    .contains(line)) {
                way = line.substring("a=".length());
                all = inside ? all : way;
            }
        }
        return new TelephoneOffer(voice, ears);
    }
}
