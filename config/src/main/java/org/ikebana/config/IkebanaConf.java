package org.ikebana.config;

import static org.ikebana.config.schema.IkebanaTable.BLOCK_THRESHOLD;
import static org.ikebana.config.schema.IkebanaTable.COOKIE_THRESHOLD;
import static org.ikebana.config.schema.IkebanaTable.COOKIE_THRESHOLD_IP;
import static org.ikebana.config.schema.IkebanaTable.HALF_OPEN_TIMEOUT;
import static org.ikebana.config.schema.IkebanaTable.INIT_LIMIT_HALF_OPEN;
import static org.ikebana.config.schema.IkebanaTable.KEEP_ALIVE;
import static org.ikebana.config.schema.IkebanaTable.KERNEL;
import static org.ikebana.config.schema.IkebanaTable.LOG_LEVEL;
import static org.ikebana.config.schema.IkebanaTable.PORT;
import static org.ikebana.config.schema.IkebanaTable.PORT_NAT_T;
import static org.ikebana.config.schema.IkebanaTable.RETRANSMIT_BASE;
import static org.ikebana.config.schema.IkebanaTable.RETRANSMIT_JITTER;
import static org.ikebana.config.schema.IkebanaTable.RETRANSMIT_TIMEOUT;
import static org.ikebana.config.schema.IkebanaTable.RETRANSMIT_TRIES;

import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.IkebanaTable;
import org.ikebana.config.schema.SchemaCheck;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.config.syntax.Inheritance;
import org.ikebana.config.syntax.Section;
import org.ikebana.ike.connection.IkeSettings;

/** What an {@code ikebana.conf} says. */
record IkebanaConf(IkeSettings settings, DaemonSettings daemon) {
    static final IkebanaConf DEFAULT = new IkebanaConf(IkeSettings.DEFAULT, DaemonSettings.DEFAULT);

    static IkebanaConf read(Section root, Problems problems) {
        var section = new TypedSection(new Inheritance(root, problems).root());
        new SchemaCheck(IkebanaTable.ROOT, problems).check(section.view());
        var settings = new IkeSettings(
                section.get(PORT),
                section.get(PORT_NAT_T),
                section.get(RETRANSMIT_TIMEOUT),
                section.get(RETRANSMIT_BASE),
                section.get(RETRANSMIT_TRIES),
                section.get(RETRANSMIT_JITTER),
                section.get(HALF_OPEN_TIMEOUT),
                section.get(COOKIE_THRESHOLD),
                section.get(COOKIE_THRESHOLD_IP),
                section.get(BLOCK_THRESHOLD),
                section.get(INIT_LIMIT_HALF_OPEN),
                section.get(KEEP_ALIVE));
        if (settings.port() == settings.natPort()) {
            problems.error(section.place(PORT_NAT_T), "port_nat_t is the same as port", "give it a port of its own");
        }
        return new IkebanaConf(settings, new DaemonSettings(section.get(KERNEL), section.get(LOG_LEVEL)));
    }
}
