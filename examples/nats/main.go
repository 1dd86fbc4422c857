// Example nats spreads the checking of drafts over workers by a queue of
// JetStream.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

const usage = `usage: nats [-server URL] [-ack-wait DURATION] COMMAND

  work      check drafts of the queue, until interrupted
  submit    put drafts from standard input, one in JSON a line, into the queue
  reports   print what became of each draft, as it comes
  demo      all of it here, with an embedded server and a worker that is killed
`

func main() {
	url := flag.String("server", nats.DefaultURL, "where the server is")
	wait := flag.Duration("ack-wait", 30*time.Second, "how long a worker may be silent about a draft before another gets it")
	flag.Usage = func() { fmt.Fprint(os.Stderr, usage) }
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	command := flag.Arg(0)
	if command == "demo" {
		dir, err := os.MkdirTemp("", "drafts")
		if err != nil {
			log.Fatal(err)
		}
		defer os.RemoveAll(dir)
		s, err := embedded(dir)
		if err != nil {
			log.Fatal(err)
		}
		defer s.WaitForShutdown()
		defer s.Shutdown()
		*url, *wait = s.ClientURL(), 2*time.Second
	}
	if err := dispatch(ctx, command, *url, *wait); err != nil && ctx.Err() == nil {
		log.Fatal(err)
	}
}

func dispatch(ctx context.Context, command, url string, wait time.Duration) error {
	nc, err := nats.Connect(url, nats.MaxReconnects(-1))
	if err != nil {
		return err
	}
	defer nc.Close()
	q, err := openQueue(ctx, nc, wait)
	if err != nil {
		return err
	}
	switch command {
	case "work":
		scanner, err := shenjiao.New(shenjiao.Options{})
		if err != nil {
			return err
		}
		w := worker{queue: q, checker: scanner, name: fmt.Sprintf("worker %d", os.Getpid())}
		w.run(ctx, runtime.GOMAXPROCS(0))
		return nil
	case "submit":
		for doc, err := range review.ReadDocuments(os.Stdin) {
			if err != nil {
				return err
			}
			id, err := q.submit(ctx, doc)
			if err != nil {
				return err
			}
			fmt.Println(id)
		}
		return nil
	case "reports":
		return q.listen(ctx, func(o outcome) bool {
			fmt.Println(describe(o))
			return true
		})
	case "demo":
		return demo(ctx, q, url)
	}
	return fmt.Errorf("unknown command %q\n%s", command, usage)
}

func describe(o outcome) string {
	if o.Report == nil {
		return fmt.Sprintf("%.8s no report: %s", o.ID, o.Error)
	}
	return fmt.Sprintf("%.8s %s: %s, %d findings", o.ID, o.Report.Document.ID, o.Report.Verdict, len(o.Report.Findings))
}

// embedded starts a server on a free port of this machine, with its files in
// dir.
func embedded(dir string) (*server.Server, error) {
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: dir, NoSigs: true})
	if err != nil {
		return nil, err
	}
	s.Start()
	if !s.ReadyForConnections(30 * time.Second) {
		return nil, errors.New("the server does not start")
	}
	return s, nil
}

// demo checks drafts with three workers, of which one is killed when a tenth is
// done.
func demo(ctx context.Context, q *queue, url string) error {
	const drafts = 2000
	for i := range drafts {
		if _, err := q.submit(ctx, draft(i)); err != nil {
			return err
		}
	}
	var workers []*exec.Cmd
	for range 3 {
		w := exec.Command(os.Args[0], "-server", url, "-ack-wait", q.ackWait.String(), "work")
		w.Stderr = os.Stderr
		if err := w.Start(); err != nil {
			return err
		}
		defer w.Wait()
		defer w.Process.Kill()
		workers = append(workers, w)
	}
	outcomes := map[string]int{}
	verdicts := map[review.Verdict]int{}
	tried := 0
	err := q.listen(ctx, func(o outcome) bool {
		outcomes[o.ID]++
		if o.Report != nil {
			verdicts[o.Report.Verdict]++
		}
		if o.Tries > 1 {
			tried++
		}
		if len(outcomes) == drafts/10 {
			workers[0].Process.Kill()
		}
		return len(outcomes) < drafts
	})
	if err != nil {
		return err
	}
	for left := 1; left > 0; { // outcomes that are not acknowledged yet are looked at again
		time.Sleep(100 * time.Millisecond)
		if left, err = q.left(ctx); err != nil {
			return err
		}
	}
	written, err := q.written(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d drafts: %d for review, %d passed\n", drafts, verdicts[review.VerdictReview], verdicts[review.VerdictPass])
	fmt.Printf("a worker was killed: %d drafts were taken by another, %d outcomes are missing, %d were told twice\n",
		tried, drafts-len(outcomes), written-len(outcomes))
	return nil
}

// draft makes one draft of many; every fourth has something to find.
func draft(i int) *review.Document {
	body := strings.Repeat("请各单位于周五前报送材料，逾期不再受理。\n", 50)
	if i%4 == 0 {
		body += "望大家再接再励，再创佳绩。"
	}
	return &review.Document{ID: new(fmt.Sprintf("draft-%04d", i)), Body: &body}
}
