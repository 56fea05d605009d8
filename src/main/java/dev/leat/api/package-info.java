/// The programs' door: HTTP requests under `/api` come in, JSON and event streams go out. Reads go
/// to the store, changes through [dev.leat.engine.MainOrchestrator]. `docs/spec/07-rest.md` is its
/// contract; start with [dev.leat.api.RunResource].
@NullMarked
package dev.leat.api;

import org.jspecify.annotations.NullMarked;
