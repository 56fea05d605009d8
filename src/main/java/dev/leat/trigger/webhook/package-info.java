/// Other systems that tell of something over HTTP: a request comes in, its sender proves who it is,
/// and a trigger of a workflow fires once for it. Start with [WebhookResource]; [Signatures] knows
/// the ways to sign.
@NullMarked
package dev.leat.trigger.webhook;

import org.jspecify.annotations.NullMarked;
