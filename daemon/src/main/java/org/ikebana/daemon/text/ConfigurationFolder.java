package org.ikebana.daemon.text;

/** Where the configuration is when no option says so: strongSwan's folder, or what whoever packages Ikebana has chosen. */
public final class ConfigurationFolder {
    /** The system property that the packaged {@code ikebana} sets. */
    public static final String PROPERTY = "ikebana.config";

    private static final String STRONGSWANS = "/etc/swanctl";

    /** As picocli's {@code defaultValue}, which looks the property up. */
    public static final String DEFAULT = "${sys:" + PROPERTY + ":-" + STRONGSWANS + "}";

    private ConfigurationFolder() {}

    public static String path() {
        return System.getProperty(PROPERTY, STRONGSWANS);
    }
}
