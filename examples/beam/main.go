// Example beam checks an archive again, on one machine or on a cluster, with
// Apache Beam.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
)

var (
	drafts = flag.String("drafts", "", "files of drafts, one in JSON a line; a glob of any file system of Beam")
	texts  = flag.String("texts", "", "files of which each is a draft: .txt, .md, .html; a glob")
	output = flag.String("output", "", "folder for findings.jsonl, counts.csv and problems.jsonl")
)

func main() {
	flag.Parse()
	beam.Init() // a worker that a runner has started does its work here, and does not come back
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "beam:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	if *drafts == "" && *texts == "" {
		return errors.New("want -drafts, -texts or both: what to check")
	}
	if *output == "" {
		return errors.New("want -output: where to write what is found")
	}
	p, s := beam.NewPipelineWithRoot()
	rescan(s, *drafts, *texts, *output, time.Now())
	result, err := beamx.RunWithMetrics(ctx, p)
	if err != nil {
		return err
	}
	t := totals(result.Metrics())
	log.Printf("%d drafts checked, %d findings, %d drafts that could not be checked: %s", t.checked, t.findings, t.problems, *output)
	return nil
}
