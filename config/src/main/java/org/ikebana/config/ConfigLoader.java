package org.ikebana.config;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.ikebana.config.credential.CredentialFolders;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.ChildKeys;
import org.ikebana.config.schema.Key;
import org.ikebana.config.swanctl.SwanctlConf;
import org.ikebana.config.syntax.ConfigFiles;
import org.ikebana.config.syntax.Document;
import org.ikebana.config.syntax.DocumentReader;
import org.ikebana.config.token.Tokens;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.SourceRef;

/** Reads a whole configuration. */
public final class ConfigLoader {
    private static final String SWANCTL_CONF = "swanctl.conf";
    private static final String IKEBANA_CONF = "ikebana.conf";
    private static final String CONF_D = "conf.d";

    private final ConfigFiles files;
    private final Problems problems = new Problems();

    private ConfigLoader(ConfigFiles files) {
        this.files = files;
    }

    /**
     * @param directoryOrFile a directory with {@code swanctl.conf} and perhaps {@code ikebana.conf}, or one file in the
     *     syntax of {@code swanctl.conf}, to which the default settings go
     * @throws ConfigException with everything that is wrong
     */
    public static Configuration load(Path directoryOrFile) throws ConfigException {
        return load(directoryOrFile, ConfigFiles.DISK);
    }

    static Configuration load(Path directoryOrFile, ConfigFiles files) throws ConfigException {
        var loader = new ConfigLoader(files);
        return files.isDirectory(directoryOrFile)
                ? loader.directory(directoryOrFile)
                : loader.load(directoryOrFile, IkebanaConf.DEFAULT);
    }

    private Configuration directory(Path directory) throws ConfigException {
        Path settingsFile = directory.resolve(IKEBANA_CONF);
        IkebanaConf settings = files.exists(settingsFile)
                ? IkebanaConf.read(
                        DocumentReader.read(settingsFile, files, problems).root(), problems)
                : IkebanaConf.DEFAULT;
        return load(directory.resolve(SWANCTL_CONF), settings);
    }

    private Configuration load(Path file, IkebanaConf settings) throws ConfigException {
        Document document = DocumentReader.read(file, files, problems);
        SwanctlConf conf = SwanctlConf.read(
                document.root(),
                new CredentialFolders(
                        file.toAbsolutePath().resolveSibling(""),
                        files,
                        new Tokens(settings.daemon().modules()),
                        problems),
                problems);
        conf.secretFiles().forEach(this::checkMode);
        checkConfD(file, document);
        if (settings.daemon().kernel().equals("tun")) {
            conf.connections().forEach(connection -> connection.children().forEach(this::checkForTun));
        }
        if (problems.hasErrors()) {
            throw new ConfigException(problems.errors(), problems.warnings());
        }
        return new Configuration(
                settings.settings(),
                settings.daemon(),
                conf.connections(),
                conf.sharedKeys(),
                conf.ppks(),
                conf.eapSecrets(),
                conf.certificates(),
                conf.statusSources(),
                problems.warnings());
    }

    private void checkForTun(ChildConfig child) {
        withoutEffect(child, ChildKeys.SET_MARK_IN, !child.setMarkIn().isNone());
        withoutEffect(child, ChildKeys.SET_MARK_OUT, !child.setMarkOut().isNone());
        withoutEffect(child, ChildKeys.HW_OFFLOAD, child.offload().isPresent());
        withoutEffect(child, ChildKeys.POLICIES_FWD_OUT, child.policies().outboundForward());
        if (!child.policies().installed() && !child.isShunt()) {
            problems.error(
                    child.place(ChildKeys.POLICIES.name()),
                    "with kernel = tun nobody but its policies can lead traffic into the tunnel",
                    "remove it, or set kernel = xfrm");
        }
    }

    private void withoutEffect(ChildConfig child, Key<?> key, boolean isWanted) {
        if (isWanted) {
            problems.warning(
                    child.place(key.name()),
                    "'" + key.name() + "' has no effect with kernel = tun",
                    "remove it, or set kernel = xfrm");
        }
    }

    private void checkMode(String file) {
        if (files.isReadableByOthers(Path.of(file))) {
            problems.warning(
                    new SourceRef(file, 0, 0),
                    "it holds secrets and others than its owner may read it",
                    "chmod 600 " + file);
        }
    }

    /** Files are easily put into conf.d although nothing includes them. */
    private void checkConfD(Path file, Document document) {
        Path directory = file.resolveSibling(CONF_D);
        Set<Path> read = document.files().stream().map(files::canonical).collect(Collectors.toSet());
        files.list(directory).stream()
                .filter(name -> name.endsWith(".conf") && !name.startsWith("."))
                .map(directory::resolve)
                .filter(unread -> !read.contains(files.canonical(unread)))
                .sorted()
                .forEach(unread -> problems.warning(
                        new SourceRef(unread.toString(), 0, 0),
                        "this file is not read, as nothing includes it",
                        "add 'include " + CONF_D + "/*.conf' to " + file));
    }
}
