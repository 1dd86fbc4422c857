package serve

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// guard lets those in who may, and turns errors into answers.
func (s *Server) guard(r route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		s.deadlines(w, req)
		if !r.open && !s.admits(req) {
			w.Header().Set("WWW-Authenticate", "Bearer")
			s.refuse(w, req, &problem{Status: http.StatusUnauthorized, Detail: "want the header Authorization: Bearer TOKEN with the token of this server"})
			return
		}
		if err := r.handle(w, req); err != nil {
			s.refuse(w, req, asProblem(err))
		}
	})
}

// admits compares tokens in a time that does not depend on what they hold.
func (s *Server) admits(r *http.Request) bool {
	if s.opts.Token == "" {
		return true
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	got, want := sha256.Sum256([]byte(strings.TrimSpace(token))), sha256.Sum256([]byte(s.opts.Token))
	return strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// local refuses, where no token is asked for, requests that name the server by
// another name than this machine's: a page of the web whose name was made to
// lead here would otherwise read the answers (DNS rebinding).
func (s *Server) local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		host = strings.Trim(host, "[]")
		ip := net.ParseIP(host)
		if s.opts.Token == "" && !strings.EqualFold(host, "localhost") && (ip == nil || !ip.IsLoopback()) {
			s.refuse(w, r, &problem{Status: http.StatusForbidden, Detail: "without a token, want a request to localhost or a loopback address"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// answer is a [http.ResponseWriter] that remembers what it was told.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(p)
	a.bytes += int64(n)
	return n, err
}

// Unwrap is for [http.ResponseController].
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// watch logs and counts requests. Neither holds anything that a client wrote,
// but for the name of the method and the length of the body.
func (s *Server) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		a := &answer{ResponseWriter: w}
		h := a.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "no-referrer")
		s.http.inFlight.Inc()
		defer func() {
			v := recover()
			if v != nil && v != http.ErrAbortHandler {
				// What it panicked with may hold text of a draft.
				s.opts.Logger.Error("panic", "type", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
				v = http.ErrAbortHandler
				if a.status == 0 {
					s.refuse(a, r, &problem{Status: http.StatusInternalServerError, Detail: "the check failed"})
					v = nil
				}
			}
			s.http.inFlight.Dec()
			took := time.Since(start)
			pattern := r.Pattern
			if pattern == "" {
				pattern = "none"
			}
			if a.status == 0 {
				a.status = http.StatusOK
			}
			s.http.count(pattern, a.status, took)
			s.opts.Logger.LogAttrs(r.Context(), levelOf(a.status), "request", requestAttrs(pattern, a, r, took)...)
			if v != nil {
				panic(v)
			}
		}()
		next.ServeHTTP(a, r)
	})
}
