/**
 * The model's leg of a call, over OpenAI Realtime: what it says, what it is told, and the socket between. All of it runs
 * on the lane of its call, except {@link io.ringdown.bridge.model.openai.ModelEndpoint}, which looks up addresses on a
 * thread of its own. Read {@link io.ringdown.bridge.model.openai.OpenAiLeg} first.
 *
 * <pre>
 *   socket ─ received ─► OpenAiInbox ─ decode ─► OpenAiDecoder ─ OpenAiEvents ─► OpenAiInbox ─ publish ─► ring
 *   call machine ─ ModelLeg ─► OpenAiLeg ─► OpenAiEncoder, AudioAppend ─ write ─► socket
 * </pre>
 */
package io.ringdown.bridge.model.openai;
