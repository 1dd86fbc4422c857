// Package sse filters streams of server-sent events, such as those in which a
// language model answers, while they pass: what a scan would not let through is
// masked, or ends the stream, or is only reported.
//
//	filter, err := sse.New(sse.Options{Scanner: scanner, Mode: sse.Mask})
//	if err != nil {
//		return err
//	}
//	http.Handle("/v1/chat/completions", filter.Handler(proxy))
//
// [Filter.Handler] is a middleware for net/http: answers of the type
// text/event-stream are filtered, others pass. [Filter.Copy] filters any reader.
//
// # Terminology
//
//   - An event is some lines and an empty one. Its data are its data lines.
//   - A delta is a piece of text in the data of an event, where one of
//     [Options.Paths] leads: choices.*.delta.content and its like. Data that are
//     no JSON are a delta as they are.
//   - A channel is the text that the deltas of one place make, event after
//     event: the content of choice 0, say. Each is masked as a text of its own.
//
// # What is held back
//
// A delta is replaced by what can be released of its channel: everything that
// cannot be part of a finding any more; see [shenjiao.MaskStream]. Of ordinary
// text that is nearly all of it. The rest goes out with later events, and at the
// latest in an event of its own, a copy of the last one of its channel, before
// an event that ends the channel ([Options.Ends]), before [DONE], and at the
// end of the stream. Events go out when they come, in their order, and
// everything else in them stays as it is, to the byte.
//
// # Modes
//
// [Mask] writes masks. [Block] ends the stream before the first finding: with
// the event [Options.Blocked], and nothing of the source after it. [Observe]
// passes everything on at once and calls [Options.OnFinding].
//
// # Security considerations
//
// Text at places that no path leads to is not looked at: list those where your
// model writes, and ask it for nothing else. A compressed answer cannot be read;
// the middleware answers 502 instead of it, but for Observe. Errors hold no text.
package sse
