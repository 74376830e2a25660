package org.ikebana.kernel.xfrm.walk;

import java.util.List;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.TemplateEntry;

/**
 * A template and the SAs that were looked at for it: those of its reqid, or between its ends.
 *
 * @param sas what the kernel would take stands first
 */
public record TemplateCheck(TemplateEntry template, List<SaCheck> sas) {
    public TemplateCheck {
        sas = List.copyOf(sas);
    }

    public List<SaEntry> fitting() {
        return sas.stream().filter(SaCheck::fits).map(SaCheck::sa).toList();
    }
}
