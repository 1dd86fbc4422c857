package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
)

// tables is results.md.
func tables(r *results) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Results\n\nMade by `%s -results bench/results` in %s from `results.json`; do not edit. Version measured: %s.\n\n", r.Command, took(r.Seconds), r.Commit)
	fmt.Fprintf(&b, "%s; %d cores, memory %s, %s, %s. Contenders run on one core%s, in rounds, each in a process of its own.\n",
		r.Machine.CPU, r.Machine.Cores, r.Machine.Memory, r.Machine.System, r.Machine.Go, map[bool]string{true: ", pinned", false: ", not pinned"}[r.Machine.Pinned])
	b.WriteString("Throughput is the median over the rounds, in MB/s (10^6 bytes of UTF-8 a second); ± is the distance of the fastest from the slowest round.\n\n")
	b.WriteString("## Texts and lexicons\n\n| case | text, MB | terms | planted | matches | terms that occur |\n|---|---|---|---|---|---|\n")
	for _, c := range r.Cases {
		fmt.Fprintf(&b, "| %s | %.1f | %d | %d | %d | %d |\n", c.Name, float64(c.Bytes)/1e6, c.Terms, c.Planted, c.Answer.Matches, c.Answer.Distinct)
	}
	b.WriteString("\n## Throughput\n\n")
	ordinary := only(r, false)
	grid(&b, ordinary, func(c *caseResult, m *measured) string {
		return fmt.Sprintf("%s ±%.0f %%", number(m.rate(c.Bytes)), 100*m.spread())
	})
	if hostile := only(r, true); len(hostile.Cases) > 0 {
		b.WriteString("\nTexts that are made to be slow (package corpus, Hostile):\n\n")
		grid(&b, hostile, func(c *caseResult, m *measured) string { return number(m.rate(c.Bytes)) })
	}
	b.WriteString("\n## How many times faster shenjiao is\n\nReading literally with its default engine; the median of the ratios in each round.\n\n")
	grid(&b, ordinary, func(c *caseResult, m *measured) string { return fmt.Sprintf("%.2f", m.ratio(c.lead(""))) })
	b.WriteString("\n## Build time, ms\n\n")
	grid(&b, ordinary, func(_ *caseResult, m *measured) string { return number(float64(m.BuildNS) / 1e6) })
	b.WriteString("\n## Memory, MB\n\nWhat the engine keeps / the most that the process held, text and terms included. Engines in C++ keep theirs outside of Go's heap.\n\n")
	grid(&b, ordinary, func(_ *caseResult, m *measured) string {
		return fmt.Sprintf("%s / %s", number(float64(m.Heap)/1e6), number(float64(m.Peak)/1e6))
	})
	b.WriteString("\n## Versions, and what is counted differently\n\n")
	notes(&b, r)
	for _, c := range r.Cases {
		groupTable(&b, &c, "scanner", "The whole scanner and its parts")
		groupTable(&b, &c, "channels", "Cost of a channel")
	}
	scannerTables(&b, r.Scanner)
	return b.String()
}

// only returns r with the cases that are hostile, or with the others.
func only(r *results, hostile bool) *results {
	part := *r
	part.Cases = slices.DeleteFunc(slices.Clone(r.Cases), func(c caseResult) bool { return (c.Hits == "hostile") != hostile })
	return &part
}

func took(seconds int) string { return fmt.Sprintf("%d min %d s", seconds/60, seconds%60) }

// number shows three digits.
func number(x float64) string {
	switch {
	case x == 0:
		return "–"
	case x < 10:
		return fmt.Sprintf("%.2f", x)
	case x < 100:
		return fmt.Sprintf("%.1f", x)
	default:
		return fmt.Sprintf("%.0f", x)
	}
}

// grid is a table of the main contest: contenders by cases. It leaves
// contenders out that were not measured anywhere.
func grid(b *strings.Builder, r *results, cell func(*caseResult, *measured) string) {
	b.WriteString("| contender |")
	for _, c := range r.Cases {
		fmt.Fprintf(b, " %s |", c.Name)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(r.Cases)) + "\n")
	for _, e := range contenders(r) {
		fmt.Fprintf(b, "| %s (%s) |", e.Title, e.Language)
		for i := range r.Cases {
			c := &r.Cases[i]
			text := "–"
			if m := c.find("", e.ID); m != nil {
				text = cell(c, m)
			}
			fmt.Fprintf(b, " %s |", text)
		}
		b.WriteString("\n")
	}
}

// contenders are those of the main contest that were measured at least once,
// in the order of contest.yaml.
func contenders(r *results) (list []measured) {
	for _, c := range r.Cases {
		for _, m := range c.Measured {
			if m.Group == "" && len(m.Rounds) > 0 && !slices.ContainsFunc(list, func(e measured) bool { return e.ID == m.ID }) {
				list = append(list, m)
			}
		}
	}
	return list
}

func notes(b *strings.Builder, r *results) {
	for _, e := range contenders(r) {
		fmt.Fprintf(b, "- %s: %s", e.ID, e.Version)
		if e.Differs != "" {
			fmt.Fprintf(b, "; counts %s: %s", e.Counts, e.Differs)
		}
		b.WriteString("\n")
	}
	told := map[string]bool{}
	for _, c := range r.Cases {
		for _, m := range c.Measured {
			if line := m.ID + ": " + m.Skipped; m.Skipped != "" && !told[line] {
				told[line] = true
				fmt.Fprintf(b, "- not measured on %s: %s\n", c.Name, line)
			}
		}
	}
}

func groupTable(b *strings.Builder, c *caseResult, group, title string) {
	lead := c.lead(group)
	if lead == nil || len(lead.Rounds) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s: %s\n\n| | MB/s | time, times that of the first | matches | build, ms | memory kept, MB |\n|---|---|---|---|---|---|\n", title, c.Name)
	for i := range c.Measured {
		if m := &c.Measured[i]; m.Group == group && len(m.Rounds) > 0 {
			fmt.Fprintf(b, "| %s | %s ±%.0f %% | %.2f | %d | %s | %s |\n", m.Title, number(m.rate(c.Bytes)), 100*m.spread(), m.ratio(lead), m.Matches,
				number(float64(m.BuildNS)/1e6), number(float64(m.Heap)/1e6))
		}
	}
}

func scannerTables(b *strings.Builder, s *scanner) {
	if s == nil {
		return
	}
	b.WriteString("\n## Small documents, whole scanner\n\n| size, bytes | p50, µs | p99, µs | allocations | scans |\n|---|---|---|---|---|\n")
	for _, l := range s.Latency {
		fmt.Fprintf(b, "| %d | %s | %s | %.1f | %d |\n", l.Bytes, number(float64(l.P50NS)/1e3), number(float64(l.P99NS)/1e3), l.Allocs, l.Scans)
	}
	b.WriteString("\n## From the start of a process to its first finding\n\n| | ms | most memory, MB |\n|---|---|---|\n")
	for _, c := range s.Cold {
		fmt.Fprintf(b, "| %s | %s | %s |\n", c.Title, number(median(c.NS, func(ns int64) float64 { return float64(ns) / 1e6 })), number(float64(c.Peak)/1e6))
	}
	if len(s.Cores) > 0 {
		b.WriteString("\n## Two cores\n\n| | one core, MB/s | two, MB/s | ratio |\n|---|---|---|---|\n")
		for _, c := range s.Cores {
			rate := func(ns func(pair) int64) string {
				return number(median(c.Rounds, func(p pair) float64 { return float64(c.Bytes) / float64(ns(p)) * 1e3 }))
			}
			fmt.Fprintf(b, "| %s | %s | %s | %.2f |\n", c.Title, rate(func(p pair) int64 { return p.One }), rate(func(p pair) int64 { return p.Two }), c.ratio())
		}
	}
}

// summary is what goes into README: the sparse texts, and the whole scanner.
func summary(r *results) string {
	var b strings.Builder
	short := *r
	short.Cases = slices.DeleteFunc(slices.Clone(r.Cases), func(c caseResult) bool { return c.Hits == "dense" || c.Hits == "hostile" })
	fmt.Fprintf(&b, "MB of text a second on one core (%s), one hit in 10 KB, by number of terms:\n\n", r.Machine.CPU)
	b.WriteString("| |")
	for _, c := range short.Cases {
		fmt.Fprintf(&b, " %d |", c.Terms)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(short.Cases)) + "\n")
	for _, e := range contenders(&short) {
		fmt.Fprintf(&b, "| %s (%s) |", e.Title, e.Language)
		for i := range short.Cases {
			c := &short.Cases[i]
			if m := c.find("", e.ID); m != nil {
				fmt.Fprintf(&b, " %s |", number(m.rate(c.Bytes)))
			} else {
				b.WriteString(" – |")
			}
		}
		b.WriteString("\n")
	}
	for i := range r.Cases {
		c := &r.Cases[i]
		if m := c.find("scanner", "stage/rules"); m != nil {
			fmt.Fprintf(&b, "\nThe whole scanner (starter pack and %d terms, all default channels, word boundaries, publishing rules): %s MB/s", c.Terms, number(m.rate(c.Bytes)))
			if s := r.Scanner; s != nil {
				for _, l := range s.Latency {
					fmt.Fprintf(&b, "; a draft of %d bytes %s µs (p99 %s)", l.Bytes, number(float64(l.P50NS)/1e3), number(float64(l.P99NS)/1e3))
				}
			}
			b.WriteString(".\n")
		}
	}
	return b.String()
}

// The lines between which the tables of a document stand.
const (
	spliceBegin = "<!-- bench: made by go run ./bench -readme -->\n"
	spliceEnd   = "<!-- /bench -->"
)

// spliced returns doc with text between its markers.
func spliced(doc, text string) (string, error) {
	before, rest, ok := strings.Cut(doc, spliceBegin)
	_, after, ok2 := strings.Cut(rest, spliceEnd)
	if !ok || !ok2 {
		return "", fmt.Errorf("no place for the tables: want the lines %q and %q", strings.TrimSpace(spliceBegin), spliceEnd)
	}
	return before + spliceBegin + text + spliceEnd + after, nil
}

func splice(path, text string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	out, err := spliced(string(data), text)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if bytes.Equal(data, []byte(out)) {
		return nil
	}
	return os.WriteFile(path, []byte(out), 0o644)
}
