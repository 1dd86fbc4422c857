// Command serve measures shenjiao serve under load on loopback, with every
// answer checked, and prints Markdown tables:
//
//	go run ./bench/serve > bench/results/serve.md
//
// It builds the command and runs it as a process of its own, with the starter
// pack and a small pack that changes while the load goes on. Every entry of that
// pack carries the pack's version in its suggestion, so that an answer that
// mixes two snapshots shows. It stops at the first answer that is wrong.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/shenjiao/shenjiao/bench/corpus"
	"github.com/shenjiao/shenjiao/review"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("serve: ")
	seconds := flag.Int("seconds", 15, "how long each load goes on")
	idle := flag.Int("idle", 10_000, "how many idle connections are opened")
	flag.Parse()
	dir, err := os.MkdirTemp("", "serve")
	if err != nil {
		log.Fatal(err)
	}
	err = run(os.Stdout, dir, time.Duration(*seconds)*time.Second, *idle)
	os.RemoveAll(dir)
	if err != nil {
		log.Fatal(err)
	}
}

// connections is how many clients ask at a time.
const connections = 64

func run(w io.Writer, dir string, each time.Duration, idle int) error {
	house := filepath.Join(dir, "house")
	if err := writePack(house, 1); err != nil {
		return err
	}
	s, err := startServer(dir, house)
	if err != nil {
		return err
	}
	defer s.stop()
	drafts, err := makeDrafts()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "# shenjiao serve\n\nMade by `go run ./bench/serve` with %s on %d processors, which the load and the server share: %v of load a row.\n"+
		"`shenjiao serve` with the starter pack, all default channels and rules, and a small pack.\n"+
		"Drafts of 2 KB of generated text, with %d places that the small pack finds; every answer is parsed and checked.\n\n",
		runtime.Version(), runtime.NumCPU(), each, placed)
	fmt.Fprintln(w, "| load | requests | a second | p50 | p90 | p99 | slowest | errors | mixed |\n|:--|--:|--:|--:|--:|--:|--:|--:|--:|")
	if _, err := s.load(drafts, 1, each/3); err != nil { // the dictionary is there, memory has grown
		return err
	}
	for _, x := range []struct {
		name    string
		clients int
		reload  bool
	}{
		{"1 connection", 1, false},
		{"64 connections", connections, false},
		{"64 connections, the packs reload every second", connections, true},
	} {
		stop := func() (int, error) { return 0, nil }
		name := x.name
		if x.reload {
			stop = s.changePack(house)
		}
		r, err := s.load(drafts, x.clients, each)
		changes, stopErr := stop()
		if err := errors.Join(err, stopErr); err != nil {
			return err
		}
		if x.reload {
			name += fmt.Sprintf(" (%d changes, %d versions seen)", changes, len(r.versions))
			if len(r.versions) < 2 {
				return errors.New("no reload was seen by any answer")
			}
		}
		fmt.Fprintf(w, "| %s | %d | %.0f | %s | %s | %s | %s | %d | %d |\n", name, len(r.took), float64(len(r.took))/r.span.Seconds(),
			ms(r.at(0.5)), ms(r.at(0.9)), ms(r.at(0.99)), ms(r.at(1)), r.errors, r.mixed)
	}
	return s.idle(w, drafts, idle)
}

// terms are what the small pack finds; they are in no ordinary text.
var terms = []string{"云洲市总工会", "职工之加乐园", "劳动模范先近事迹"}

// placed is how often they stand in a draft.
const placed = 6

// writePack replaces the pack by its next version, in one step.
func writePack(dir string, version int) error {
	v := fmt.Sprintf("1.%d.0", version)
	var b strings.Builder
	b.WriteString("term,category,suggest\n")
	for _, t := range terms {
		fmt.Fprintf(&b, "%s,x_names,%s\n", t, v)
	}
	next := fmt.Sprintf("%s.%d", dir, version)
	if err := os.MkdirAll(filepath.Join(next, "terms"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(next, "pack.yaml"), []byte("id: house\nversion: "+v+"\n"), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(next, "terms", "a.csv"), []byte(b.String()), 0o644); err != nil {
		return err
	}
	link := next + ".link"
	if err := os.Symlink(next, link); err != nil {
		return err
	}
	return os.Rename(link, dir)
}

// makeDrafts makes drafts of 2 KB, as JSON.
func makeDrafts() ([][]byte, error) {
	c, err := corpus.Generate(corpus.Spec{Size: 1 << 18, Terms: 10, Interval: 1 << 17})
	if err != nil {
		return nil, err
	}
	text := []rune(c.Text)
	const piece = 2048 / 3 / placed // characters; a Han character has three bytes
	var drafts [][]byte
	for len(text) > piece*placed && len(drafts) < 50 {
		var b strings.Builder
		for i := range placed {
			b.WriteString(string(text[:piece]))
			b.WriteString("。" + terms[i%len(terms)] + "。")
			text = text[piece:]
		}
		doc, err := json.Marshal(map[string]string{"title": "标题", "body": b.String()})
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, doc)
	}
	return drafts, nil
}

// A server is the command as a process.
type server struct {
	cmd     *exec.Cmd
	address string
	watcher *http.Client // has a connection of its own
}

var listening = regexp.MustCompile(`"address":"http://([^"]+)"`)

func startServer(dir, house string) (*server, error) {
	program := filepath.Join(dir, "shenjiao")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/shenjiao").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	cmd := exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--log", "json", "--lexicon", house)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, watcher: &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}}
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if at := listening.FindStringSubmatch(lines.Text()); at != nil {
			s.address = at[1]
			go func() {
				for lines.Scan() {
				}
			}()
			return s, nil
		}
	}
	return nil, errors.Join(errors.New("the server did not start"), s.stop())
}

func (s *server) stop() error {
	s.cmd.Process.Signal(os.Interrupt)
	return s.cmd.Wait()
}

// result is what came of a load.
type result struct {
	took          []time.Duration // sorted
	span          time.Duration
	errors, mixed int
	versions      map[string]bool
}

func (r *result) at(share float64) time.Duration {
	return r.took[min(len(r.took)-1, int(share*float64(len(r.took))))]
}

// load asks for checks as fast as so many clients can.
func (s *server) load(drafts [][]byte, clients int, each time.Duration) (*result, error) {
	all := &result{versions: map[string]bool{}}
	var mu sync.Mutex
	var wrong error
	var group sync.WaitGroup
	ctx, cancel := context.WithTimeout(context.Background(), each)
	defer cancel()
	start := time.Now()
	for n := range clients {
		group.Go(func() {
			client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}
			defer client.CloseIdleConnections()
			mine := result{versions: map[string]bool{}}
			for i := n; ctx.Err() == nil; i++ {
				begin := time.Now()
				version, err := s.ask(client, drafts[i%len(drafts)])
				switch {
				case errors.Is(err, errMixed):
					mine.mixed++
				case err != nil:
					mine.errors++
				}
				if err != nil {
					mu.Lock()
					wrong = errors.Join(wrong, err)
					mu.Unlock()
					cancel()
				}
				mine.took = append(mine.took, time.Since(begin))
				mine.versions[version] = true
			}
			mu.Lock()
			defer mu.Unlock()
			all.took = append(all.took, mine.took...)
			all.errors += mine.errors
			all.mixed += mine.mixed
			for v := range mine.versions {
				all.versions[v] = true
			}
		})
	}
	group.Wait()
	all.span = time.Since(start)
	slices.Sort(all.took)
	return all, wrong
}

var errMixed = errors.New("an answer is of two snapshots")

// ask checks a draft, and the answer.
func (s *server) ask(client *http.Client, draft []byte) (version string, err error) {
	resp, err := client.Post("http://"+s.address+"/v1/scan", "application/json", bytes.NewReader(draft))
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("status %s", resp.Status)
	}
	var r review.Report
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return "", err
	}
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return "", err
	}
	for _, p := range r.Snapshot.Packs {
		if p.ID == "house" {
			version = p.Version
		}
	}
	n := 0
	for _, f := range r.Findings {
		if f.Pack != "house" {
			continue
		}
		n++
		if f.Suggestion != version {
			return version, errMixed
		}
	}
	if n != placed {
		return version, fmt.Errorf("%d findings of the small pack, want %d", n, placed)
	}
	return version, nil
}

// changePack writes a new version every second, until it is stopped.
func (s *server) changePack(house string) (stop func() (changes int, err error)) {
	ended, done := make(chan struct{}), make(chan struct{})
	var changes int
	var failed error
	go func() {
		defer close(done)
		for failed == nil {
			select {
			case <-ended:
				return
			case <-time.After(time.Second):
				changes++
				failed = writePack(house, changes+1)
			}
		}
	}()
	return func() (int, error) {
		close(ended)
		<-done
		return changes, failed
	}
}

// idle opens connections that say nothing, and asks beside them.
func (s *server) idle(w io.Writer, drafts [][]byte, n int) error {
	before, err := s.resident()
	if err != nil {
		return err
	}
	var opened, refused atomic.Int64
	var mu sync.Mutex
	var conns []net.Conn
	defer func() {
		for _, c := range conns {
			c.Close()
		}
	}()
	var group sync.WaitGroup
	for range 256 {
		group.Go(func() {
			for opened.Load()+refused.Load() < int64(n) {
				c, err := net.DialTimeout("tcp", s.address, time.Second)
				if err != nil {
					refused.Add(1)
					continue
				}
				opened.Add(1)
				mu.Lock()
				conns = append(conns, c)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	most, err := s.resident()
	if err != nil {
		return err
	}
	begin := time.Now()
	if _, err := s.ask(&http.Client{Transport: &http.Transport{}, Timeout: 5 * time.Minute}, drafts[0]); err != nil {
		return fmt.Errorf("beside idle connections: %w", err)
	}
	waited := time.Since(begin)
	after, err := s.resident()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n## Idle connections\n\nConnections that send nothing are opened; the server has 1024 at a time (`--max-connections`), and closes the one that\n"+
		"has been silent for the longest for each new one. Then a new client asks.\n\n"+
		"| opened | not let in | resident memory before | with them | at the end | the new client was answered in |\n|--:|--:|--:|--:|--:|--:|\n"+
		"| %d | %d | %d MB | %d MB | %d MB | %s |\n", opened.Load(), refused.Load(), before>>20, most>>20, after>>20, ms(waited))
	return nil
}

var resident = regexp.MustCompile(`(?m)^process_resident_memory_bytes (\S+)$`)

// resident is how much memory the process has.
func (s *server) resident() (int64, error) {
	resp, err := s.watcher.Get("http://" + s.address + "/metrics")
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err
	}
	at := resident.FindSubmatch(body)
	if at == nil {
		return 0, errors.New("no process_resident_memory_bytes at /metrics")
	}
	bytes, err := strconv.ParseFloat(string(at[1]), 64)
	return int64(bytes), err
}

func ms(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}
