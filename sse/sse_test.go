package sse

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao"
)

var scanner = sync.OnceValue(func() *shenjiao.Scanner {
	pack := fstest.MapFS{
		"pack.yaml":     {Data: []byte("id: sse\nversion: 1.0.0\n")},
		"terms/all.csv": {Data: []byte("term,category,match\n赌博网站,gambling_fraud,substring\n博网,gambling_fraud,substring\n")},
	}
	s, err := shenjiao.New(shenjiao.Options{Packs: []fs.FS{pack}, NoStarter: true, NoRules: true})
	if err != nil {
		panic(err)
	}
	return s
})

func newFilter(t require.TestingT, o Options) *Filter {
	o.Scanner = scanner
	f, err := New(o)
	require.NoError(t, err)
	return f
}

func filtered(t require.TestingT, o Options, in string) string {
	var out bytes.Buffer
	require.NoError(t, newFilter(t, o).Copy(context.Background(), &out, strings.NewReader(in)))
	return out.String()
}

// chat is the stream of a model that writes the tokens as choice 0.
func chat(tokens ...string) string {
	var b strings.Builder
	for i, token := range tokens {
		fmt.Fprintf(&b, "id: %d\ndata: {\"id\":\"c\",\"n\":1e999,\"choices\":[{\"index\":0,\"delta\":{\"content\":%s},\"finish_reason\":null}]}\n\n", i, quote(token))
	}
	b.WriteString("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
	return b.String()
}

// content joins the content of choices, by index.
func content(t require.TestingT, stream string) map[int]string {
	texts := map[int]string{}
	for line := range strings.Lines(stream) {
		data, ok := strings.CutPrefix(strings.TrimRight(line, "\r\n"), "data: ")
		if !ok || data == "[DONE]" {
			continue
		}
		var e struct {
			Choices []struct {
				Index int
				Delta struct{ Content string }
			}
		}
		require.NoError(t, json.Unmarshal([]byte(data), &e), data)
		for _, c := range e.Choices {
			texts[c.Index] += c.Delta.Content
		}
	}
	return texts
}

func TestMask(t *testing.T) {
	in := chat("你好，", "赌*", "博", "网站不行。", "电话1380", "0138000")
	want := "id: 0\ndata: {\"id\":\"c\",\"n\":1e999,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"你好，\"},\"finish_reason\":null}]}\n\n"
	out := filtered(t, Options{}, in)
	require.True(t, strings.HasPrefix(out, want), out)
	require.Equal(t, "你好，*****不行。电话138****8000"[:len("你好，*****不行。电话")], content(t, out)[0][:len("你好，*****不行。电话")])
	require.True(t, strings.HasSuffix(out, "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"))
	require.Equal(t, in, filtered(t, Options{Mode: Observe}, in))
	clean := chat("今天", "天气", "很好。")
	require.Equal(t, content(t, clean), content(t, filtered(t, Options{}, clean)))
}

// Any tokens, in any chunks of bytes: the texts of the choices are masked as
// wholes, and all events are there in their order.
func TestMaskAnyTokens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{
			"赌博网站", "赌", "博", "网", "站", "*", "手机", "13800138000", "138", "0013", "8000", "，", "。", "\n", "好", "天气", "\"", "\\", "\u2028", "<b>", "",
		}), 0, 30).Draw(t, "tokens")
		var in strings.Builder
		whole := map[int]string{}
		for i, p := range pieces {
			k := rapid.IntRange(0, 1).Draw(t, "choice")
			whole[k] += p
			fmt.Fprintf(&in, ": %d\ndata: {\"choices\":[{\"index\":%d,\"delta\":{\"content\":%s}}]}\n\n", i, k, quote(p))
		}
		if rapid.Bool().Draw(t, "done") {
			in.WriteString("data: [DONE]\n\n")
		}
		want := map[int]string{}
		for k, text := range whole {
			masked, err := scanner().Mask(context.Background(), text, shenjiao.MaskOptions{})
			require.NoError(t, err)
			want[k] = masked
		}
		var out bytes.Buffer
		size := rapid.IntRange(1, 100).Draw(t, "size")
		s := newFilter(t, Options{}).stream(&out)
		for chunk := range slices.Chunk([]byte(in.String()), size) {
			require.NoError(t, s.write(chunk))
		}
		require.NoError(t, s.close())
		require.Equal(t, want, content(t, out.String()))
		last := -1
		for line := range strings.Lines(out.String()) {
			var i int
			if n, _ := fmt.Sscanf(line, ": %d", &i); n == 1 {
				require.GreaterOrEqual(t, i, last)
				last = i
			}
		}
		require.Equal(t, strings.Contains(in.String(), "[DONE]"), strings.HasSuffix(out.String(), "data: [DONE]\n\n"))
	})
}

func TestBlock(t *testing.T) {
	in := chat("你好，", "赌*", "博", "网站不行。", "后面")
	var out bytes.Buffer
	var found []string
	f := newFilter(t, Options{Mode: Block, OnFinding: func(channel string, f shenjiao.Finding) { found = append(found, channel+" "+f.Term) }})
	require.ErrorIs(t, f.Copy(t.Context(), &out, strings.NewReader(in)), ErrBlocked)
	require.True(t, strings.HasSuffix(out.String(), DefaultBlocked))
	text := strings.TrimSuffix(out.String(), DefaultBlocked)
	require.Equal(t, "你好，", content(t, text)[0])
	require.Equal(t, []string{"choices.0.delta.content 赌博网站"}, found)
}

func TestTexts(t *testing.T) {
	for _, c := range []struct {
		name string
		opts Options
		in   string
		out  string
	}{
		{"plain", Options{}, "data: 赌博\n\ndata: 网站。\n\n", "data: \n\ndata: \n\ndata: ****。\n\n"},
		{"no empty line", Options{}, "data: 赌博网站", "data: \n\ndata: ****\n\n"},
		{"several lines", Options{}, "data: 好\ndata: 坏\nid: 1\n\n", "data: 好\ndata: 坏\nid: 1\n\n"},
		{"no data", Options{}, ": 赌博网站\n\nevent: x\nretry: 1\n\n", ": 赌博网站\n\nevent: x\nretry: 1\n\n"},
		{"carriage returns", Options{}, "event: x\r\ndata: 好\r\n\r\ndata:好\r\r", "event: x\r\ndata: 好\n\r\ndata: 好\n\r"},
		{"another path", Options{Paths: []string{"a.*.t"}}, `data: {"a":[{"t":"好","u":"赌博网站"},{"t":"赌博网站"}]}` + "\n\n",
			`data: {"a":[{"t":"好","u":"赌博网站"},{"t":""}]}` + "\n\n" + `data: {"a":[{"t":"","u":"赌博网站"},{"t":"****"}]}` + "\n\n"},
		{"an end with its own text", Options{}, `data: {"choices":[{"delta":{"content":"赌博网站"},"finish_reason":"stop"}]}` + "\n\n",
			`data: {"choices":[{"delta":{"content":"****"},"finish_reason":"stop"}]}` + "\n\n"},
		{"a block that stops", Options{}, "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"赌博\"}}\n\nevent: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
			"event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\"}}\n\nevent: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"赌博\"}}\n\nevent: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.out, filtered(t, c.opts, c.in))
			var out bytes.Buffer
			require.NoError(t, newFilter(t, c.opts).Copy(t.Context(), &out, iotest.OneByteReader(strings.NewReader(c.in))))
			require.Equal(t, c.out, out.String())
			require.Equal(t, strings.TrimRight(c.in, "\r\n"), strings.TrimRight(filtered(t, Options{Mode: Observe, Paths: c.opts.Paths}, c.in), "\r\n"))
		})
	}
}

func TestFaults(t *testing.T) {
	in := chat("你好，", "赌博", "没有。")
	broken := errors.New("broken")
	f := newFilter(t, Options{})
	for n := range len(in) {
		var out bytes.Buffer
		err := f.Copy(t.Context(), &out, io.MultiReader(strings.NewReader(in[:n]), iotest.ErrReader(broken)))
		require.ErrorIs(t, err, broken)
		require.NotContains(t, out.String(), "赌博\"}}", "%d", n)
	}
	require.ErrorIs(t, f.Copy(t.Context(), brokenWriter{broken, 0}, strings.NewReader(in)), broken)
	require.ErrorIs(t, f.Copy(t.Context(), brokenWriter{nil, 3}, strings.NewReader(in)), io.ErrShortWrite)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(broken)
	require.ErrorIs(t, f.Copy(ctx, io.Discard, strings.NewReader(in)), broken)
	require.ErrorContains(t, newFilter(t, Options{MaxEvent: 100}).Copy(t.Context(), io.Discard, strings.NewReader("data: "+strings.Repeat("好", 100))), "limit of Options.MaxEvent")
	_, err := New(Options{Mode: 9, MaxEvent: -1, Paths: []string{"a..b"}, Ends: []string{""}})
	for _, want := range []string{"Options.Scanner", "Options.Mode", "Options.MaxEvent", "Options.Paths[0]", "Options.Ends[0]"} {
		require.ErrorContains(t, err, want)
	}
}

type brokenWriter struct {
	err  error
	most int
}

func (w brokenWriter) Write(p []byte) (int, error) { return min(len(p), w.most), w.err }

// model is a server that streams a text.
func model(t *testing.T, stream string, header http.Header) *httptest.Server {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
		for k, v := range header {
			w.Header()[k] = v
		}
		for event := range strings.SplitAfterSeq(stream, "\n\n") {
			io.WriteString(w, event)
			w.(http.Flusher).Flush()
		}
		if strings.HasSuffix(stream, "more\n\n") { // goes on until nobody listens
			<-r.Context().Done()
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func get(t *testing.T, f *Filter, origin *httptest.Server) (int, string, error) {
	u, err := url.Parse(origin.URL)
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(u)
	proxy.ErrorLog = log.New(io.Discard, "", 0)
	server := httptest.NewServer(f.Handler(proxy))
	t.Cleanup(server.Close)
	res, err := http.Get(server.URL)
	require.NoError(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, string(body), err
}

func TestHandler(t *testing.T) {
	in := chat("你好，", "赌博", "网站不行。")
	_, body, err := get(t, newFilter(t, Options{}), model(t, in, nil))
	require.NoError(t, err)
	require.Equal(t, filtered(t, Options{}, in), body)

	_, body, err = get(t, newFilter(t, Options{Mode: Observe}), model(t, in, nil))
	require.NoError(t, err)
	require.Equal(t, in, body)

	_, body, err = get(t, newFilter(t, Options{Mode: Block}), model(t, in+"data: more\n\n", nil))
	require.NoError(t, err, "the answer is complete, though the model was cut off")
	require.True(t, strings.HasSuffix(body, DefaultBlocked), body)
	require.NotContains(t, body, "赌博")

	_, body, err = get(t, newFilter(t, Options{}), model(t, "赌博网站", http.Header{"Content-Type": {"text/plain"}}))
	require.NoError(t, err)
	require.Equal(t, "赌博网站", body, "no event stream")

	code, body, err := get(t, newFilter(t, Options{}), model(t, "赌博网站", http.Header{"Content-Encoding": {"br"}}))
	require.NoError(t, err)
	require.Equal(t, http.StatusBadGateway, code)
	require.NotContains(t, body, "赌博")
}

// What a model has said reaches the client before it says more.
func TestHandlerIsPrompt(t *testing.T) {
	next := make(chan struct{})
	h := newFilter(t, Options{}).Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, "data: 今天天气很好。\n\n")
		w.(http.Flusher).Flush()
		<-next
	}))
	server := httptest.NewServer(h)
	defer server.Close()
	defer close(next)
	res, err := http.Get(server.URL)
	require.NoError(t, err)
	defer res.Body.Close()
	got, err := bufio.NewReader(res.Body).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "data: 今天天气很好。\n", got)
}

// FuzzCopy: whatever comes, in any chunks, the same goes out, and without
// findings that is what came.
func FuzzCopy(f *testing.F) {
	f.Add(chat("赌博", "网站"), uint8(3))
	f.Add("data: {\"choices\":[{\"delta\":{\"content\":\"赌博网站\"}}]}\n\n", uint8(1))
	f.Add("data: x\r\n\r\ndata:\r\r: c\n\n\n\n", uint8(1))
	f.Fuzz(func(t *testing.T, in string, size uint8) {
		filter := newFilter(t, Options{})
		var whole, parts bytes.Buffer
		s := filter.stream(&whole)
		require.NoError(t, errors.Join(s.write([]byte(in)), s.close()))
		p := filter.stream(&parts)
		for chunk := range slices.Chunk([]byte(in), int(size)+1) {
			require.NoError(t, p.write(chunk))
		}
		require.NoError(t, p.close())
		require.Equal(t, whole.String(), parts.String())
	})
}
