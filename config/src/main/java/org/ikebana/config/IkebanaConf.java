package org.ikebana.config;

import static org.ikebana.config.schema.ControlKeys.CONTROL;
import static org.ikebana.config.schema.IkebanaTable.ANNOUNCE_AUTH_METHODS;
import static org.ikebana.config.schema.IkebanaTable.BLOCK_THRESHOLD;
import static org.ikebana.config.schema.IkebanaTable.COOKIE_THRESHOLD;
import static org.ikebana.config.schema.IkebanaTable.COOKIE_THRESHOLD_IP;
import static org.ikebana.config.schema.IkebanaTable.CREATE_CHILD_LIMIT;
import static org.ikebana.config.schema.IkebanaTable.CRYPTO;
import static org.ikebana.config.schema.IkebanaTable.DOS_PROTECTION;
import static org.ikebana.config.schema.IkebanaTable.EXPIRY_WARNING;
import static org.ikebana.config.schema.IkebanaTable.FRAGMENT_SIZE;
import static org.ikebana.config.schema.IkebanaTable.HALF_OPEN_TIMEOUT;
import static org.ikebana.config.schema.IkebanaTable.INIT_LIMIT_HALF_OPEN;
import static org.ikebana.config.schema.IkebanaTable.INIT_LIMIT_JOB_LOAD;
import static org.ikebana.config.schema.IkebanaTable.KEEP_ALIVE;
import static org.ikebana.config.schema.IkebanaTable.KERNEL;
import static org.ikebana.config.schema.IkebanaTable.MODULE_PATH;
import static org.ikebana.config.schema.IkebanaTable.PORT;
import static org.ikebana.config.schema.IkebanaTable.PORT_NAT_T;
import static org.ikebana.config.schema.IkebanaTable.PPK_INTERMEDIATE;
import static org.ikebana.config.schema.IkebanaTable.QUICK_CRASH_DETECTION;
import static org.ikebana.config.schema.IkebanaTable.REPEATED_REPLY_LIMIT;
import static org.ikebana.config.schema.IkebanaTable.REQUEST_LIMIT;
import static org.ikebana.config.schema.IkebanaTable.RETRANSMIT_BASE;
import static org.ikebana.config.schema.IkebanaTable.RETRANSMIT_JITTER;
import static org.ikebana.config.schema.IkebanaTable.RETRANSMIT_TIMEOUT;
import static org.ikebana.config.schema.IkebanaTable.RETRANSMIT_TRIES;
import static org.ikebana.config.schema.IkebanaTable.STATE_DIR;
import static org.ikebana.config.schema.IkebanaTable.TUN;
import static org.ikebana.config.schema.IkebanaTable.TUN_MARK;
import static org.ikebana.config.schema.IkebanaTable.TUN_MTU;
import static org.ikebana.config.schema.IkebanaTable.TUN_NAME;
import static org.ikebana.config.schema.IkebanaTable.TUN_TABLE;
import static org.ikebana.config.schema.IkebanaTable.TUN_WORKERS;
import static org.ikebana.config.schema.IkebanaTable.XFRM;
import static org.ikebana.config.schema.IkebanaTable.XFRM_INTERFACE;
import static org.ikebana.config.schema.IkebanaTable.XFRM_ROUTES;
import static org.ikebana.config.schema.IkebanaTable.XFRM_TABLE;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.IkebanaTable;
import org.ikebana.config.schema.Key;
import org.ikebana.config.schema.LogKeys;
import org.ikebana.config.schema.SchemaCheck;
import org.ikebana.config.schema.SectionType;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.config.syntax.Inheritance;
import org.ikebana.config.syntax.Section;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.event.Subsystem;
import org.slf4j.event.Level;

/** What an {@code ikebana.conf} says. */
record IkebanaConf(IkeSettings settings, DaemonSettings daemon) {
    static final IkebanaConf DEFAULT = new IkebanaConf(IkeSettings.DEFAULT, DaemonSettings.DEFAULT);

    private static final String ENABLED = "enabled";

    /** IPv6, UDP, IKE and SKF headers, IV and check value take up to 160 octets of it. */
    private static final int LEAST_FRAGMENT = 256;

    static IkebanaConf read(Section root, Problems problems) {
        var section = new TypedSection(new Inheritance(root, problems).root());
        new SchemaCheck(IkebanaTable.ROOT, problems).check(section.view());
        boolean isProtected = section.get(DOS_PROTECTION);
        var settings = IkeSettings.DEFAULT
                .changed()
                .port(section.get(PORT))
                .natPort(section.get(PORT_NAT_T))
                .retransmitTimeout(section.get(RETRANSMIT_TIMEOUT))
                .retransmitBase(section.get(RETRANSMIT_BASE))
                .retransmitTries(section.get(RETRANSMIT_TRIES))
                .retransmitJitterPercent(section.get(RETRANSMIT_JITTER))
                .halfOpenTimeout(section.get(HALF_OPEN_TIMEOUT))
                .cookieThreshold(isProtected ? section.get(COOKIE_THRESHOLD) : 0)
                .cookieThresholdPerAddress(isProtected ? section.get(COOKIE_THRESHOLD_IP) : 0)
                .blockThresholdPerAddress(isProtected ? section.get(BLOCK_THRESHOLD) : 0)
                .halfOpenLimit(section.get(INIT_LIMIT_HALF_OPEN))
                .waitingLimit(section.get(INIT_LIMIT_JOB_LOAD))
                .createChildLimit(section.get(CREATE_CHILD_LIMIT))
                .requestLimit(section.get(REQUEST_LIMIT))
                .repeatedReplyLimit(section.get(REPEATED_REPLY_LIMIT))
                .natKeepalive(section.get(KEEP_ALIVE))
                .fragmentSize(section.get(FRAGMENT_SIZE))
                .ppkIntermediate(section.get(PPK_INTERMEDIATE))
                .announceAuthMethods(section.get(ANNOUNCE_AUTH_METHODS))
                .quickCrashDetection(section.get(QUICK_CRASH_DETECTION))
                .expiryNotice(section.get(EXPIRY_WARNING))
                .build();
        if (settings.port() == settings.natPort()) {
            problems.error(section.place(PORT_NAT_T), "port_nat_t is the same as port", "give it a port of its own");
        }
        if (settings.fragmentSize() > 0 && settings.fragmentSize() < LEAST_FRAGMENT) {
            problems.error(
                    section.place(FRAGMENT_SIZE),
                    "fragment_size " + settings.fragmentSize() + " leaves no room for a fragment",
                    "make it " + LEAST_FRAGMENT + " or more, or 0 for what the RFC recommends");
        }
        return new IkebanaConf(
                settings,
                new DaemonSettings(
                        section.get(KERNEL),
                        section.get(CRYPTO),
                        log(section),
                        section.get(STATE_DIR),
                        tunOptions(section),
                        xfrmOptions(section, problems),
                        modules(section, problems),
                        controlOptions(section)));
    }

    private static LogSettings log(TypedSection root) {
        Map<Subsystem, Level> levels = new EnumMap<>(Subsystem.class);
        root.sections(LogKeys.LOG_LEVELS)
                .forEach(given -> LogKeys.LEVELS.forEach(
                        (subsystem, key) -> given.find(key).ifPresent(level -> levels.put(subsystem, level))));
        return new LogSettings(root.get(LogKeys.LOG_LEVEL), levels, root.get(LogKeys.LOG_CONTEXT));
    }

    /** The libraries for tokens, by name. */
    private static Map<String, Path> modules(TypedSection root, Problems problems) {
        Map<String, Path> modules = new LinkedHashMap<>();
        root.section("pkcs11").flatMap(pkcs11 -> pkcs11.section("modules")).ifPresent(all -> {
            for (TypedSection module : all.sections(IkebanaTable.MODULE)) {
                module.find(MODULE_PATH).ifPresent(path -> modules.put(module.name(), path));
                if (!module.isGiven(MODULE_PATH)) {
                    problems.error(
                            module.place(),
                            "this module has no path",
                            "add path = and the library that its maker gives");
                }
            }
        });
        return modules;
    }

    /** By plugin: those that are given, and in any case whether it is enabled. */
    private static Map<String, Map<String, String>> controlOptions(TypedSection root) {
        Map<String, Map<String, String>> plugins = new HashMap<>();
        Optional<TypedSection> control = root.section(CONTROL.name());
        for (SectionType plugin : CONTROL.sections()) {
            Optional<TypedSection> given = control.flatMap(section -> section.section(plugin.name()));
            Map<String, String> options = new HashMap<>();
            for (Key<?> key : plugin.keys()) {
                Optional<?> value = given.flatMap(section -> section.find(key));
                value.ifPresent(word -> options.put(key.name(), String.valueOf(word)));
            }
            plugin.key(ENABLED).ifPresent(key -> options.putIfAbsent(ENABLED, String.valueOf(key.defaultValue())));
            plugins.put(plugin.name(), Map.copyOf(options));
        }
        return plugins;
    }

    /** Those that are given, as the backend takes them. */
    private static Map<String, String> xfrmOptions(TypedSection root, Problems problems) {
        Map<String, String> options = new HashMap<>();
        root.sections(XFRM).forEach(xfrm -> {
            XfrmInterfaces.read(xfrm, problems).ifPresent(text -> options.put("interfaces", text));
            xfrm.find(XFRM_ROUTES).ifPresent(routes -> options.put(XFRM_ROUTES.name(), Boolean.toString(routes)));
            xfrm.find(XFRM_TABLE).ifPresent(table -> options.put(XFRM_TABLE.name(), Integer.toString(table)));
            xfrm.find(XFRM_INTERFACE).ifPresent(name -> options.put(XFRM_INTERFACE.name(), name));
        });
        return options;
    }

    /** Those that are given, as the backend takes them. */
    private static Map<String, String> tunOptions(TypedSection root) {
        Map<String, String> options = new HashMap<>();
        root.sections(TUN).forEach(tun -> {
            tun.find(TUN_NAME).ifPresent(name -> options.put(TUN_NAME.name(), name));
            for (Key<Integer> key : List.of(TUN_MTU, TUN_TABLE, TUN_MARK, TUN_WORKERS)) {
                tun.find(key).ifPresent(number -> options.put(key.name(), Integer.toString(number)));
            }
        });
        return options;
    }
}
