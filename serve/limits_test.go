package serve

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/segment"
)

// eventually is how long tests wait for what has to come.
const eventually = 20 * time.Second

// listen serves on loopback until the test ends, and returns the address.
func listen(t *testing.T, wrap func(net.Listener) net.Listener, change func(*Options)) (addr string, stop func() error) {
	addr, stop, _ = listenWatched(t, wrap, change)
	return addr, stop
}

// listenWatched is listen; busy waits until so many requests are under way.
func listenWatched(t *testing.T, wrap func(net.Listener) net.Listener, change func(*Options)) (addr string, stop func() error, busy func(n float64)) {
	opts := Options{Scanner: Fixed(houseScanner(t)), Logger: slog.New(slog.DiscardHandler)}
	change(&opts)
	s, err := New(opts)
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	addr = l.Addr().String()
	if wrap != nil {
		l = wrap(l)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { stop() })
	busy = func(n float64) {
		t.Helper()
		require.Eventually(t, func() bool { return testutil.ToFloat64(s.http.inFlight) == n }, eventually, time.Millisecond)
	}
	return addr, stop, busy
}

func dial(t *testing.T, addr, send string) net.Conn {
	c, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { c.Close() })
	_, err = io.WriteString(c, send)
	require.NoError(t, err)
	return c
}

func head(length int) string {
	return fmt.Sprintf("POST /v1/scan HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n", length)
}

// TestOthersNeedToken: what others can reach is not opened without a token.
func TestOthersNeedToken(t *testing.T) {
	s, err := New(Options{Scanner: Fixed(houseScanner(t))})
	require.NoError(t, err)
	l, err := net.Listen("tcp", "0.0.0.0:0")
	require.NoError(t, err)
	require.ErrorIs(t, s.Serve(t.Context(), l), ErrToken)
	_, err = l.Accept()
	require.ErrorIs(t, err, net.ErrClosed)
}

// TestSlowClients: who does not send is let go, whatever part is missing.
func TestSlowClients(t *testing.T) {
	addr, _ := listen(t, nil, func(o *Options) { o.ReadTimeout = 50 * time.Millisecond })
	for name, x := range map[string]struct{ send, want string }{
		"nothing": {"", ""},
		"head":    {"POST /v1/scan HTTP/1.1\r\nHost: local", ""},
		"body":    {head(100) + "云洲市", "408 Request Timeout"},
		"batch": {"POST /v1/scan/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/jsonl\r\nContent-Length: 1000\r\n\r\n" +
			`{"id":"first","body":"x"}` + "\n{", `"status":408`},
	} {
		t.Run(name, func(t *testing.T) {
			c := dial(t, addr, x.send)
			require.NoError(t, c.SetReadDeadline(time.Now().Add(eventually)))
			got, err := io.ReadAll(c) // ends when the server closes
			require.NoError(t, err)
			require.Contains(t, string(got), x.want)
			if name == "batch" {
				require.Contains(t, string(got), `"id":"first"`)
			}
		})
	}
}

// TestBodyOfUnknownLength: without a length, the limit counts as well.
func TestBodyOfUnknownLength(t *testing.T) {
	addr, _ := listen(t, nil, func(o *Options) { o.MaxBody = 10_000 })
	for size, want := range map[int]int{10_000: 200, 10_001: 413, 1_000_000: 413} {
		resp, err := http.Post("http://"+addr+"/v1/scan", "text/plain", io.MultiReader(strings.NewReader(strings.Repeat("x", size))))
		if err != nil && want != 200 {
			continue // the server closed before all was written
		}
		require.NoError(t, err)
		resp.Body.Close()
		require.Equal(t, want, resp.StatusCode, size)
	}
}

// TestMemoryOfBodies: bodies that have arrived are bounded together; who sends
// nothing holds nothing.
func TestMemoryOfBodies(t *testing.T) {
	addr, _ := listen(t, nil, func(o *Options) { o.MaxBody, o.Memory = 64<<10, 64<<10 })
	for range 20 {
		dial(t, addr, head(60_000)) // promises, and sends nothing
	}
	post := func() int {
		resp, err := http.Post("http://"+addr+"/v1/scan", "text/plain", strings.NewReader(strings.Repeat("x", 40_000)))
		if err != nil {
			return 0
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	// Twenty heads hold 8 KiB each at most; those beyond the limit were refused.
	// Once they have gone, there is room again.
	require.Eventually(t, func() bool { return post() != 0 }, eventually, 10*time.Millisecond)

	addr, _ = listen(t, nil, func(o *Options) { o.MaxBody, o.Memory = 64<<10, 64<<10 })
	holder := dial(t, addr, head(60_000)+strings.Repeat("x", 50_000))
	require.Eventually(t, func() bool { return post() == http.StatusServiceUnavailable }, eventually, 10*time.Millisecond)
	holder.Close()
	require.Eventually(t, func() bool { return post() == http.StatusOK }, eventually, 10*time.Millisecond)
}

// counted counts the connections that are open.
type counted struct {
	net.Listener
	open, most atomic.Int64
}

func (c *counted) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	n := c.open.Add(1)
	for old := c.most.Load(); n > old && !c.most.CompareAndSwap(old, n); old = c.most.Load() {
	}
	return &countedConn{Conn: conn, closed: sync.OnceFunc(func() { c.open.Add(-1) })}, nil
}

type countedConn struct {
	net.Conn
	closed func()
}

func (c *countedConn) Close() error {
	c.closed()
	return c.Conn.Close()
}

// TestIdleConnections: many of them are survived: no more are open than may
// be, and who has something to ask does not wait for them.
func TestIdleConnections(t *testing.T) {
	var l *counted
	addr, _, underWay := listenWatched(t, func(inner net.Listener) net.Listener { l = &counted{Listener: inner}; return l }, func(o *Options) {
		o.MaxConnections, o.ReadTimeout = 8, time.Hour
	})
	ask := func(c net.Conn) {
		t.Helper()
		_, err := io.WriteString(c, head(len(draft))+draft)
		require.NoError(t, err)
		require.NoError(t, c.SetReadDeadline(time.Now().Add(eventually)))
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		require.NoError(t, err)
		require.Equal(t, 200, resp.StatusCode)
	}
	busy := dial(t, addr, head(len(draft))+draft[:10]) // is never silent
	underWay(1)
	for range 100 {
		dial(t, addr, "")
	}
	for range 20 {
		ask(dial(t, addr, "")) // stays open, and is silent again
	}
	require.LessOrEqual(t, l.most.Load(), int64(8+1), "one more is open while room is made for it")
	_, err := io.WriteString(busy, draft[10:])
	require.NoError(t, err)
	require.NoError(t, busy.SetReadDeadline(time.Now().Add(eventually)))
	resp, err := http.ReadResponse(bufio.NewReader(busy), nil)
	require.NoError(t, err)
	require.Equal(t, 200, resp.StatusCode, "a request under way is not cut off for others")
}

// TestBusyConnections: if nobody is silent, a new client waits, and gets its
// turn; the end of the server ends the waiting.
func TestBusyConnections(t *testing.T) {
	addr, stop, underWay := listenWatched(t, nil, func(o *Options) { o.MaxConnections, o.ReadTimeout, o.Grace = 2, time.Hour, time.Millisecond })
	one, two := dial(t, addr, head(len(draft))+draft[:10]), dial(t, addr, head(len(draft))+draft[:10])
	underWay(2)
	third := dial(t, addr, head(len(draft))+draft)
	require.NoError(t, third.SetReadDeadline(time.Now().Add(50*time.Millisecond)))
	_, err := third.Read(make([]byte, 1))
	require.ErrorIs(t, err, os.ErrDeadlineExceeded, "there is no room")
	one.Close()
	require.NoError(t, third.SetReadDeadline(time.Now().Add(eventually)))
	resp, err := http.ReadResponse(bufio.NewReader(third), nil)
	require.NoError(t, err)
	require.Equal(t, 200, resp.StatusCode)
	third.Close()
	dial(t, addr, head(len(draft))+draft[:10])
	underWay(2)
	dial(t, addr, head(len(draft))) // waits for room
	require.ErrorContains(t, stop(), "cut off", "they had more to say")
	two.Close()
}

// TestBatchesAreBounded: one too many is refused, and a client that leaves
// makes room.
func TestBatchesAreBounded(t *testing.T) {
	addr, _ := listen(t, nil, func(o *Options) { o.MaxStreams = 1 })
	post := func(body io.Reader) (*http.Response, error) {
		return http.Post("http://"+addr+"/v1/scan/batch", "application/jsonl", body)
	}
	pr, pw := io.Pipe()
	first, err := post(pr)
	require.NoError(t, err)
	require.Equal(t, 200, first.StatusCode)
	second, err := post(strings.NewReader(""))
	require.NoError(t, err)
	second.Body.Close()
	require.Equal(t, 503, second.StatusCode)
	require.Equal(t, "1", second.Header.Get("Retry-After"))
	pw.CloseWithError(io.ErrUnexpectedEOF)
	first.Body.Close()
	require.Eventually(t, func() bool {
		resp, err := post(strings.NewReader(""))
		if err != nil {
			return false
		}
		resp.Body.Close()
		return resp.StatusCode == 200
	}, eventually, 10*time.Millisecond)
}

// TestShutdown: requests under way are answered, and then no more.
func TestShutdown(t *testing.T) {
	addr, stop, underWay := listenWatched(t, nil, func(*Options) {})
	c := dial(t, addr, head(len(draft))+draft[:10])
	ended := make(chan error, 1)
	underWay(1)
	go func() { ended <- stop() }()
	require.Eventually(t, func() bool {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			conn.Close()
		}
		return err != nil
	}, eventually, 10*time.Millisecond, "nobody is let in any more")
	_, err := io.WriteString(c, draft[10:])
	require.NoError(t, err)
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, 200, resp.StatusCode)
	require.NotEmpty(t, readReport(t, string(body)).Findings)
	require.NoError(t, <-ended)
}

// TestConstantMemory: what is alive in the heap does not grow with the bytes
// that were sent.
func TestConstantMemory(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector has a memory of its own")
	}
	const mib = 1 << 20
	addr, _ := listen(t, nil, func(o *Options) { o.MaxBody, o.Memory, o.Jobs = mib, 4*mib, 2 })
	alive := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	require.NoError(t, segment.Warm()) // the dictionary of words is loaded once and stays
	before := alive()
	body := strings.Repeat("云州市今天天气晴好。", mib/30)
	var senders sync.WaitGroup
	answered := atomic.Int64{}
	for range 16 {
		senders.Go(func() {
			for range 16 {
				resp, err := http.Post("http://"+addr+"/v1/scan?profile=none", "text/plain", strings.NewReader(body))
				if err != nil {
					continue // refused before all was sent
				}
				if resp.StatusCode == 200 {
					answered.Add(1)
				}
				io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
		})
	}
	done := make(chan struct{})
	go func() { senders.Wait(); close(done) }()
	most := uint64(0)
	for ended := false; !ended; {
		select {
		case <-done:
			ended = true
		case <-time.After(10 * time.Millisecond):
			most = max(most, alive())
		}
	}
	require.Positive(t, answered.Load())
	require.Positive(t, most)
	// Two checks at work have some 90 MiB at times, most of it garbage.
	require.Less(t, int64(most)-int64(before), int64(160*mib), "256 MiB were sent, of which 4 may be held at a time")
}
