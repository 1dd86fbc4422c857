package observe_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log"
	"log/slog"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/observe"
)

var pack = fstest.MapFS{
	"pack.yaml":   {Data: []byte("id: house\nversion: 1.0.0\nowner: x\n")},
	"terms/a.csv": {Data: []byte("term,category,unless\n云洲市总工会,x_names,\n职工之加乐园,x_names,旧称\n")},
}

const draft = "云洲市总工会在旧称职工之加乐园的地方举行活动。云洲市总工会欢迎大家。"

func scanner(t *testing.T, o shenjiao.Observer) *shenjiao.Scanner {
	s, err := shenjiao.New(shenjiao.Options{Packs: []fs.FS{pack}, NoStarter: true, Observer: o})
	require.NoError(t, err)
	return s
}

// TestLog: a line has what is known about a check, and nothing of the draft.
func TestLog(t *testing.T) {
	var b bytes.Buffer
	s := scanner(t, observe.Log(slog.New(slog.NewJSONHandler(&b, nil))))
	report, err := s.Scan(context.Background(), &shenjiao.Document{ID: new("d7"), Body: new(draft)})
	require.NoError(t, err)
	var line map[string]any
	require.NoError(t, json.Unmarshal(b.Bytes(), &line))
	require.Equal(t, "checked", line["msg"])
	require.Equal(t, "d7", line["document"])
	require.Equal(t, report.Verdict.String(), line["verdict"])
	require.Equal(t, 2.0, line["review"])
	require.Equal(t, 1.0, line["vetoed"])
	require.Equal(t, float64(len(draft)), line["bytes"])
	require.Positive(t, line["not_evaluated"])
	require.Equal(t, s.Snapshot().Digest, line["snapshot"])
	require.NotContains(t, b.String(), "云洲市")

	b.Reset()
	_, err = s.Scan(context.Background(), &shenjiao.Document{ID: new("d8"), Body: new("云洲市\xff")})
	require.Error(t, err)
	require.Contains(t, b.String(), `"level":"ERROR","msg":"check failed"`)
	require.NotContains(t, b.String(), "云洲市")
}

// TestEntries: every entry is counted, by many checks at a time.
func TestEntries(t *testing.T) {
	one, two := observe.NewEntries(), observe.NewEntries()
	s := scanner(t, observe.Join(one, two))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5 {
				if _, err := s.Scan(context.Background(), &shenjiao.Document{Body: new(draft)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	_, err := s.Scan(context.Background(), &shenjiao.Document{Body: new("\xff")})
	require.Error(t, err)
	require.Equal(t, []observe.EntryCount{
		{observe.Entry{"house", "x_names", "云洲市总工会"}, observe.Count{Findings: 80}},
		{observe.Entry{"house", "x_names", "职工之加乐园"}, observe.Count{Vetoed: 40}},
	}, one.All())
	require.Equal(t, one.All(), two.All())
	require.Equal(t, observe.Count{Vetoed: 40}, one.Of(observe.Entry{"house", "x_names", "职工之加乐园"}))
	require.Zero(t, one.Of(observe.Entry{"house", "x_names", "没有"}))
}

func ExampleEntries() {
	entries := observe.NewEntries()
	s, err := shenjiao.New(shenjiao.Options{Packs: []fs.FS{pack}, NoStarter: true, NoRules: true, Observer: entries})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := s.Scan(context.Background(), &shenjiao.Document{Body: new(draft)}); err != nil {
		log.Fatal(err)
	}
	for _, e := range entries.All() {
		fmt.Println(e.Term, e.Findings, e.Vetoed)
	}
	// Output:
	// 云洲市总工会 2 0
	// 职工之加乐园 0 1
}
