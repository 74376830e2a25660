package org.ikebana.vici.command;

import java.util.OptionalLong;
import org.ikebana.vici.wire.Message;

/** Numbers in requests, which are decimal text. */
final class Numbers {
    private Numbers() {}

    /** Empty where there is no such key, or its value is no number. */
    static OptionalLong of(Message request, String key) {
        return request.text(key)
                .filter(text -> text.matches("-?[0-9]{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }
}
