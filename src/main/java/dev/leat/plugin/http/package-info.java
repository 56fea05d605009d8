/// The one way out of Leat to other people's servers.
///
/// An [dev.leat.plugin.http.OutboundRequest] comes in, an [dev.leat.plugin.http.OutboundAnswer]
/// goes out, both bounded in size and time; where a request may go is decided here and nowhere
/// else. Start with [dev.leat.plugin.http.OutboundHttp].
@NullMarked
package dev.leat.plugin.http;

import org.jspecify.annotations.NullMarked;
