/// The pages: requests come in, HTML goes out, made on the server from immutable snapshots.
///
/// Each `…Pages` class answers some addresses, and its nested records are its templates
/// (`templates/<class>/<record>.html`). Start with [dev.leat.dashboard.RunPages], and with
/// [dev.leat.dashboard.RunLive] for how pages stay current. Reads from the store directly, and
/// changes things only through [dev.leat.engine.MainOrchestrator].
@NullMarked
package dev.leat.dashboard;

import org.jspecify.annotations.NullMarked;
