/// What Leat does while things break around it. A server is started with failpoints ([Failpoint],
/// woven into a copy of the program), given work ([Driver], [Shape]) whose tasks write a ledger
/// outside of it ([Ledger]), killed and started again; then [Auditor] holds answers, ledger and
/// tables against each other. Start reading at `KilledAtFailpointIT`.
@NullMarked
package dev.leat.fault;

import org.jspecify.annotations.NullMarked;
