package org.ikebana.kernel.xfrm.message;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The message that an {@code ip xfrm} command of iproute2 stands for, so that its own encoding can be compared with
 * ours. Everything of {@code ip xfrm help} is understood except security labels and offloading.
 */
final class IpXfrm {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private IpXfrm() {}

    static XfrmMessage message(String command) {
        Words words = new Words(split(command));
        words.skip("ip");
        words.skip("xfrm");
        return switch (words.next()) {
            case "state" -> IpXfrmState.message(words.next(), words);
            case "policy" -> IpXfrmPolicy.message(words.next(), words);
            default -> throw words.unknown();
        };
    }

    private static List<String> split(String command) {
        List<String> words = new ArrayList<>();
        for (Matcher matcher = WORD.matcher(command); matcher.find(); ) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }
}
