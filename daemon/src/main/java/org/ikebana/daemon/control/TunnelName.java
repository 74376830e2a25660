package org.ikebana.daemon.control;

import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/** {@code site-b} or {@code site-b/lan}. */
record TunnelName(String connection, Optional<String> child) {
    static final class Converter implements ITypeConverter<TunnelName> {
        @Override
        public TunnelName convert(String text) {
            int slash = text.indexOf('/');
            return slash < 0
                    ? new TunnelName(text, Optional.empty())
                    : new TunnelName(text.substring(0, slash), Optional.of(text.substring(slash + 1)));
        }
    }
}
