package org.ikebana.daemon;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.ikebana.config.ConfigException;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.config.plan.Plan;
import org.ikebana.config.plan.PlanText;
import org.ikebana.daemon.log.Logging;
import org.ikebana.daemon.plan.LiveTunnels;
import org.ikebana.daemon.plan.PlanJson;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.control.ReloadException;
import org.ikebana.ike.control.ReloadPreview;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.service.ServiceControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the configuration, and what of them is in effect. Signals and plugins have them read: one at a time. */
final class ConfigurationFiles implements ServiceControl.Reloading {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.config");

    private final Path config;
    private final CredentialProviders credentials;
    private final Logging logging;
    private Configuration inEffect;

    private ConfigurationFiles(Path config, CredentialProviders credentials, Logging logging, Configuration first) {
        this.config = config;
        this.credentials = credentials;
        this.logging = logging;
        this.inEffect = first;
    }

    /** @throws ReloadException when there are mistakes, of which the log tells */
    static ConfigurationFiles read(Path config, CredentialProviders credentials, Logging logging)
            throws ReloadException {
        return new ConfigurationFiles(config, credentials, logging, load(config));
    }

    synchronized Configuration inEffect() {
        return inEffect;
    }

    /** What has been read, at the start. */
    synchronized void putIntoEffect(ServiceControl control) {
        control.configure(inEffect.connections(), credentials.with(inEffect));
    }

    @Override
    public synchronized void reload(ServiceControl control) throws ReloadException {
        inEffect = load(config);
        logging.configure(inEffect.daemon().log());
        putIntoEffect(control);
        LOG.info("{}", summary());
    }

    /** What is in effect, in a line. */
    synchronized String summary() {
        return inEffect.connections().size() + " connections loaded from " + config;
    }

    @Override
    public synchronized ReloadPreview preview(ServiceControl control) throws ReloadException, InterruptedException {
        Set<String> loaded = control.loaded();
        List<ConnectionConfig> commanded = control.ask(IkeEngine::connections).stream()
                .filter(connection -> loaded.contains(connection.name()))
                .toList();
        try {
            Plan plan = Plan.between(inEffect, ConfigLoader.load(config), commanded);
            LiveTunnels live = new LiveTunnels(control.ikeSas(any -> true));
            return new ReloadPreview(PlanText.of(plan, live), PlanJson.of(plan));
        } catch (ConfigException e) {
            throw new ReloadException(String.valueOf(e.getMessage()));
        }
    }

    private static Configuration load(Path config) throws ReloadException {
        try {
            Configuration configuration = ConfigLoader.load(config);
            configuration.warnings().forEach(warning -> LOG.warn("{}", warning));
            return configuration;
        } catch (ConfigException e) {
            e.warnings().forEach(warning -> LOG.warn("{}", warning));
            e.problems().forEach(problem -> LOG.error("{}", problem));
            throw new ReloadException(String.valueOf(e.getMessage()));
        }
    }
}
