package org.ikebana.daemon;

import dagger.BindsInstance;
import dagger.Component;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** The daemon and all that it is made of. */
@Singleton
@Component(modules = DaemonModule.class)
interface DaemonComponent {
    Daemon daemon();

    @Component.Factory
    interface Factory {
        DaemonComponent create(@BindsInstance Path config);
    }
}
