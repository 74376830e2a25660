package org.ikebana.daemon.pki;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times, of UTC: {@code 2026-11-29}, {@code 2026-11-29T12:00:00Z}, or strongSwan's {@code 29.11.26 12:00:00}. */
final class Dates implements ITypeConverter<Instant> {
    private static final DateTimeFormatter STRONGSWANS = DateTimeFormatter.ofPattern("dd.MM.uu HH:mm:ss");

    @Override
    public Instant convert(String text) {
        try {
            if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text, STRONGSWANS).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no time; write 2026-11-29, 2026-11-29T12:00:00Z or \"29.11.26 12:00:00\"");
        }
    }
}
