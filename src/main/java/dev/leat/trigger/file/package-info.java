/// Files that arrive or change: folders are looked through, and a trigger of a workflow fires once
/// for each file. Start with [FileTriggers]; [FileRoots] says where Leat looks at all.
@NullMarked
package dev.leat.trigger.file;

import org.jspecify.annotations.NullMarked;
