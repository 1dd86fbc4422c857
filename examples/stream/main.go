// Example stream masks the answer of a language model while it arrives, token
// by token, with a middleware.
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/sse"
)

// tokens are what the model says: terms and numbers are cut anywhere.
var tokens = []string{"您好！", "今天天气", "不错，", "这种药包", "治百", "病，", "请打手机138", "0013", "8000。", "别的问题，", "请随时再来问，", "我们一直都在这里。"}

// model stands for the server of a language model.
func model(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	for _, token := range tokens {
		fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%q}}]}\n\n", token)
		w.(http.Flusher).Flush()
	}
	io.WriteString(w, "data: [DONE]\n\n")
}

// filtered puts a filter in front of a handler. That can as well be a proxy:
// httputil.NewSingleHostReverseProxy(model).
func filtered(scanner *shenjiao.Scanner, mode sse.Mode, next http.Handler) (http.Handler, error) {
	filter, err := sse.New(sse.Options{
		Scanner: func() *shenjiao.Scanner { return scanner },
		Mode:    mode,
		Masks:   shenjiao.MaskOptions{With: shenjiao.MaskCategory(shenjiao.Chinese)},
		OnFinding: func(channel string, f shenjiao.Finding) {
			log.Printf("%s: %s", channel, f.Category) // never the text
		},
	})
	if err != nil {
		return nil, err
	}
	return filter.Handler(next), nil
}

// ask writes the events of an answer, without the empty lines, as they arrive.
func ask(out io.Writer, url string) error {
	res, err := http.Get(url)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		if line := lines.Text(); line != "" {
			fmt.Fprintln(out, strings.NewReplacer(`data: {"choices":[{"index":0,"delta":{"content":`, "", `}}]}`, "").Replace(line))
		}
	}
	return lines.Err()
}

func run(out io.Writer) error {
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		return err
	}
	for _, mode := range []sse.Mode{sse.Mask, sse.Block} {
		handler, err := filtered(scanner, mode, http.HandlerFunc(model))
		if err != nil {
			return err
		}
		server := httptest.NewServer(handler)
		err = ask(out, server.URL)
		server.Close()
		if err != nil {
			return err
		}
		fmt.Fprintln(out)
	}
	return nil
}

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}
