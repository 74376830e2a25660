package org.ikebana.ike.control;

/**
 * What a reload would do.
 *
 * @param text for people, like a diff, with the SAs that are up
 * @param json for programs, on one line
 */
public record ReloadPreview(String text, String json) {}
