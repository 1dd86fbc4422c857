package serve

import (
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

func levelOf(status int) slog.Level {
	switch {
	case status >= 500 && status != http.StatusServiceUnavailable:
		return slog.LevelError
	case status >= 400:
		return slog.LevelWarn
	default:
		return slog.LevelInfo
	}
}

func requestAttrs(pattern string, a *answer, r *http.Request, took time.Duration) []slog.Attr {
	remote, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		remote = ""
	}
	return []slog.Attr{
		slog.String("route", pattern), slog.Int("status", a.status), slog.Duration("took", took),
		slog.Int64("in", r.ContentLength), slog.Int64("out", a.bytes), slog.String("from", remote),
	}
}

// httpMetrics count requests.
type httpMetrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	inFlight prometheus.Gauge
	masked   *prometheus.CounterVec
}

func newHTTPMetrics() httpMetrics {
	return httpMetrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "shenjiao", Name: "http_requests_total", Help: "Requests by route and status.",
		}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "shenjiao", Name: "http_request_seconds", Help: "How long requests took, with reading and writing.",
			Buckets: prometheus.ExponentialBuckets(0.0005, 3, 10),
		}, []string{"route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: "shenjiao", Name: "http_requests_in_flight", Help: "Requests that are being answered.",
		}),
		masked: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "shenjiao", Name: "masked_total", Help: "Places that were masked, by category.",
		}, []string{"category"}),
	}
}

func (m *httpMetrics) all() []prometheus.Collector {
	return []prometheus.Collector{m.requests, m.seconds, m.inFlight, m.masked}
}

func (m *httpMetrics) count(pattern string, status int, took time.Duration) {
	m.requests.WithLabelValues(pattern, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(pattern).Observe(took.Seconds())
}
