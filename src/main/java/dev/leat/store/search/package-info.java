/// Full-text search over what tasks wrote: what a word is, how a question is read, and the index
/// that tells in which parts of which files the words are.
///
/// The index is derived: it may be dropped at any time, and is made anew from the files. It knows
/// words and places only; which lines fit is looked up in the files, by [dev.leat.store.LogSearch].
/// Start with [dev.leat.store.search.LogQuery], then
/// [dev.leat.store.search.LogIndex].
@org.jspecify.annotations.NullMarked
package dev.leat.store.search;
