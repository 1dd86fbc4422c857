// Package serve checks drafts over HTTP, for pipelines that are not written in
// Go.
//
// A [Server] answers with the scanner that its [Source] has at that moment: a
// reload.Scanner, whose packs follow their folders, or one that stays, by
// [Fixed].
//
//	server, err := serve.New(serve.Options{Scanner: scanner, Token: token})
//	if err != nil {
//		return err
//	}
//	l, err := net.Listen("tcp", "127.0.0.1:8080")
//	if err != nil {
//		return err
//	}
//	return server.Serve(ctx, l)
//
// The command shenjiao serve is this with flags.
//
// # What it answers
//
//	POST /v1/scan         a draft (JSON, or text/plain, text/html, text/markdown): its report
//	POST /v1/scan/batch   JSON Lines: a document a line in, a report a line out
//	POST /v1/mask         a text of any length: the text without what may not pass
//	POST /v1/text         the text of a Word document
//	GET  /v1/lexicon      packs, categories and channels
//	GET  /v1/rules        the publishing rules
//	GET  /healthz         whether the process answers
//	GET  /readyz          whether drafts should be sent here, and what judges them
//	GET  /metrics         metrics for Prometheus
//
// [OpenAPI], also at /openapi.yaml, has the whole of it; a test holds it and the
// handlers together. The parameters of a request, such as ?profile=none or
// ?channels=-noise, change what it is judged by; the scanners that this needs
// are made of the packs in use, and some of them are kept.
//
// An answer that is no report is a problem (RFC 9457) with every fault of the
// input and its place.
//
// # The review desk
//
// At / there is a page for people, without anything from elsewhere: a text that
// is pasted, written or dropped there is marked in place as it changes; a mark
// says why, and puts its suggestion in; what is known about the draft can be
// filled in, and what stays unevaluated leads there; the report can be
// downloaded. The page keeps nothing.
//
// # Limits
//
// Memory is bounded: by Options.Memory for the bodies that have arrived, by
// Options.MaxStreams for batches and texts to mask, of which each holds a few
// lines, and by Options.MaxConnections. What is beyond is refused with 503 and Retry-After;
// connections that are silent make room for new ones. Options.Jobs drafts are checked at a time. A client
// that sends or reads too slowly is let go; see Options.ReadTimeout. When the
// context of Serve is done, nobody is let in any more, and requests under way
// are answered.
//
// # Security considerations
//
// Without a token, Serve listens on loopback only, and requests that name the
// server otherwise are refused, so that no page of the web can reach it by a
// name that leads here. There is no TLS: others reach it through a proxy that
// has it. Tokens are compared in constant time. The log has routes, sizes,
// times and addresses of clients, never content, tokens or queries.
//
// A check that fails has no verdict: a client has to decide what that means for
// the draft. Treat everything but 200 as a draft that must not go out, unless
// somebody decided otherwise.
package serve
