package shenjiao_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/schema"
)

// pack is a small pack, so that these tests do not depend on what the starter
// pack lists.
func pack(terms string) fs.FS {
	return fstest.MapFS{
		"pack.yaml":       {Data: []byte("id: house\nversion: 1.2.3\nupdated: 2026-11-21\n")},
		"terms/terms.csv": {Data: []byte(terms)},
	}
}

const terms = `term,category,label,action,match,channels,suggest,fields,valid_from,basis
赌博网站,gambling_fraud,gambling,block,,,,,,治安管理处罚法
性交,porn_vulgar,,,,,,,,
法制日报,political_terms,institution_name,,,,法治日报,,2020-08-01,
震惊,ad_exaggeration,clickbait_title,,,,,title,,
毒品,contraband,,,exact,,,,,
大麻,contraband,,,,,,,,
包治百病,superstition_pseudomedicine,,,,-markup,,,,
`

func scanner(t testing.TB, change func(*shenjiao.Options)) *shenjiao.Scanner {
	t.Helper()
	opts := shenjiao.Options{Packs: []fs.FS{pack(terms)}, NoStarter: true, NoRules: true}
	if change != nil {
		change(&opts)
	}
	s, err := shenjiao.New(opts)
	require.NoError(t, err)
	return s
}

func scan(t testing.TB, s *shenjiao.Scanner, doc *shenjiao.Document) *shenjiao.Report {
	t.Helper()
	r, err := s.Scan(context.Background(), doc)
	require.NoError(t, err)
	return r
}

func TestScan(t *testing.T) {
	s := scanner(t, func(o *shenjiao.Options) { o.ShowVetoed = true })
	doc := &shenjiao.Document{
		ID:         new("d1"),
		Title:      new("震惊！《法制日报》报道"),
		Body:       new("<p>震惊的消息</p><p>😀 赌<b>博</b>&#32593;站，请一次性交付</p>"),
		BodyFormat: new(review.BodyHTML),
		Images:     []review.Image{{Alt: new("賭博網站")}},
		PublishAt:  new(review.Time("2026-03-02T09:00:00+08:00")),
	}
	r := scan(t, s, doc)
	require.Equal(t, review.VerdictBlock, r.Verdict)
	require.Equal(t, "d1", r.Document.ID)
	require.Equal(t, []review.PackRef{{ID: "house", Version: "1.2.3", Digest: r.Snapshot.Packs[0].Digest}}, r.Snapshot.Packs)

	var got []string
	for _, f := range r.Findings {
		got = append(got, fmt.Sprintf("%s %d:%d %q %s %v", f.Field, f.Line, f.Column, f.Text, f.Action, f.Channels))
	}
	require.Equal(t, []string{
		`title 1:1 "震惊" review []`,
		`title 1:5 "法制日报" review []`,
		`body 1:18 "赌<b>博</b>&#32593;站" block [markup encoded]`,
		`images[0].alt 1:1 "賭博網站" block [traditional]`,
	}, got)
	f := r.Findings[2]
	require.Equal(t, "赌博网站", f.Term)
	require.Equal(t, "house", f.Pack)
	require.Equal(t, "治安管理处罚法", f.Basis)
	require.Equal(t, "赌博诈骗·赌博：“赌博网站”（写法经标记隔断、编码字符变形）", f.Message)
	require.InDelta(t, 0.97*0.95, float64(f.Confidence), 1e-9)
	checkSpans(t, doc, r)

	require.Len(t, r.Vetoed, 1)
	require.Equal(t, "性交", r.Vetoed[0].Term)
	require.Equal(t, review.VetoSegmentation, r.Vetoed[0].Reason)
	require.Equal(t, []string{"一次性", "交付"}, r.Vetoed[0].Words)
	validate(t, r)
}

// checkSpans compares every position of a report with the text it points to.
func checkSpans(t require.TestingT, doc *shenjiao.Document, r *shenjiao.Report) {
	texts := map[string]string{}
	for _, f := range doc.Fields() {
		texts[f.Path] = f.Text
	}
	for _, f := range r.Findings {
		text := texts[f.Field]
		if at := text[f.Span.Start:f.Span.End]; f.Category == "personal_info" && f.Text != at {
			require.Len(t, f.Text, len(at), "a mask is as long as what it hides")
			require.Regexp(t, "[*×＊]", f.Text)
		} else {
			require.Equal(t, f.Text, at)
		}
		before := text[:f.Span.Start]
		require.EqualValues(t, utf8.RuneCountInString(before), f.Runes.Start)
		require.EqualValues(t, utf8.RuneCountInString(f.Text), f.Runes.End-f.Runes.Start)
		require.EqualValues(t, len(utf16.Encode([]rune(before))), f.UTF16.Start)
		require.EqualValues(t, len(utf16.Encode([]rune(f.Text))), f.UTF16.End-f.UTF16.Start)
		require.Equal(t, 1+strings.Count(before, "\n"), f.Line)
		require.Equal(t, 1+utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:]), f.Column)
	}
}

// validate checks the JSON of a report against the schema in the repository.
func validate(t require.TestingT, r *shenjiao.Report) {
	def, err := jsonschema.UnmarshalJSON(strings.NewReader(string(schema.Report)))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("report.json", def))
	sch, err := c.Compile("report.json")
	require.NoError(t, err)
	data, err := json.Marshal(r)
	require.NoError(t, err)
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	require.NoError(t, err)
	require.NoError(t, sch.Validate(value), "%s", data)
}

func TestDates(t *testing.T) {
	s := scanner(t, nil)
	doc := &shenjiao.Document{Body: new("《法制日报》记者"), PublishAt: new(review.Time("2020-07-31T23:59:00+08:00"))}
	require.Empty(t, scan(t, s, doc).Findings)
	doc.PublishAt = new(review.Time("2020-07-31T16:00:00Z")) // midnight in Beijing
	require.Len(t, scan(t, s, doc).Findings, 1)
	doc.PublishAt = nil
	doc.Now = new(review.Time("2019-01-01T00:00:00Z"))
	require.Empty(t, scan(t, s, doc).Findings)
}

// A term whose channels leave markup out is not found through markup.
func TestMarkupChannelOff(t *testing.T) {
	s := scanner(t, nil)
	for body, want := range map[string]int{"<p>包治百病</p>": 1, "<p>包治<b>百病</b></p>": 0, "<p>毒<b>品</b></p>": 0, "<p>毒品</p>": 1} {
		doc := &shenjiao.Document{Body: &body, BodyFormat: new(review.BodyHTML)}
		require.Len(t, scan(t, s, doc).Findings, want, body)
	}
}

func TestMinConfidence(t *testing.T) {
	s := scanner(t, func(o *shenjiao.Options) { o.MinConfidence, o.ShowVetoed = 0.95, true })
	r := scan(t, s, &shenjiao.Document{Body: new("赌*博网站")})
	require.Empty(t, r.Findings)
	require.Equal(t, review.VerdictPass, r.Verdict)
	require.Equal(t, review.VetoConfidence, r.Vetoed[0].Reason)
	validate(t, r)
}

// A finding with surroundings that speak against it weakly is a note of half
// the confidence.
func TestLowered(t *testing.T) {
	r := scan(t, scanner(t, nil), &shenjiao.Document{Body: new("这事有大麻烦")})
	require.Len(t, r.Findings, 1)
	require.Equal(t, review.ActionNote, r.Findings[0].Action)
	require.EqualValues(t, 0.5, r.Findings[0].Confidence)
	require.Equal(t, review.VerdictPass, r.Verdict)
}

func TestChannels(t *testing.T) {
	s := scanner(t, func(o *shenjiao.Options) { o.Channels = matcher.Set(matcher.Noise) })
	require.Empty(t, scan(t, s, &shenjiao.Document{Body: new("賭博網站")}).Findings)
	require.Len(t, scan(t, s, &shenjiao.Document{Body: new("赌 博网站")}).Findings, 1)
}

func TestEnglishMessages(t *testing.T) {
	s := scanner(t, func(o *shenjiao.Options) { o.Language = shenjiao.English })
	r := scan(t, s, &shenjiao.Document{Body: new("法制 日报")})
	require.Equal(t, `Political and official terms (institution_name): "法制日报", write "法治日报"; recognised through noise`, r.Findings[0].Message)
}

// Fingerprints survive a move of the text and changes of white space, ids are
// unique in a report.
func TestFingerprints(t *testing.T) {
	s := scanner(t, func(o *shenjiao.Options) { o.NoSemantic = true })
	a := scan(t, s, &shenjiao.Document{Body: new("有人经营赌博网站牟利。")}).Findings[0]
	b := scan(t, s, &shenjiao.Document{Body: new("昨天，\n有人 经营赌博網站牟利。")}).Findings[0]
	require.NotEqual(t, a.Fingerprint, b.Fingerprint, "different words within eight characters")
	c := scan(t, s, &shenjiao.Document{Body: new("据报道，昨天，有人经营\n赌*博网站 牟利。")}).Findings[0]
	d := scan(t, s, &shenjiao.Document{Body: new("据报，昨天，有人经营赌博网站牟利。")}).Findings[0]
	require.Equal(t, c.Fingerprint, d.Fingerprint)

	r := scan(t, s, &shenjiao.Document{Body: new(strings.Repeat("一个接着一个的赌博网站一个接着一个的", 5))})
	require.Len(t, r.Findings, 5)
	ids := map[string]bool{}
	for _, f := range r.Findings {
		ids[f.ID] = true
	}
	require.Len(t, ids, 5)
}

func TestErrors(t *testing.T) {
	for name, tt := range map[string]struct {
		opts shenjiao.Options
		want []string
	}{
		"nothing to find": {shenjiao.Options{NoStarter: true}, []string{"NoStarter is set and Packs is empty"}},
		"confidence":      {shenjiao.Options{MinConfidence: 2}, []string{"Options.MinConfidence: want a number from 0 to 1, got 2"}},
		"language":        {shenjiao.Options{Language: "fr"}, []string{`Options.Language: want "zh" or "en", got "fr"`}},
		"packs, all problems": {
			shenjiao.Options{NoStarter: true, Packs: []fs.FS{pack("term,category\nx,nonsense\n"), pack("term\n甲乙\n")}},
			[]string{"Options.Packs[0]", "terms/terms.csv:2:3", "nonsense", "Options.Packs[1]"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := shenjiao.New(tt.opts)
			require.Error(t, err)
			for _, w := range tt.want {
				require.ErrorContains(t, err, w)
			}
		})
	}
	_, err := shenjiao.New(shenjiao.Options{NoStarter: true, Packs: []fs.FS{pack("term,category\nx,nonsense\n")}})
	var problems lexicon.Problems
	require.ErrorAs(t, err, &problems)

	s := scanner(t, nil)
	_, err = s.Scan(context.Background(), &shenjiao.Document{Body: new("秘\xff密")})
	require.ErrorContains(t, err, "body")
	require.NotContains(t, err.Error(), "秘", "errors never hold scanned text")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("editor left"))
	_, err = s.Scan(ctx, &shenjiao.Document{Body: new("正文")})
	require.ErrorContains(t, err, "body: editor left")
}

// Law 1 for the façade: a stream's report is that of the whole text, and
// findings are delivered once each.
func TestStream(t *testing.T) {
	s := scanner(t, func(o *shenjiao.Options) { o.ShowVetoed = true })
	pieces := []string{"赌博网站", "赌*博 網站", "一次性交付", "性交", "大麻烦", "\n", "\r\n", "。", "😀", "字", "word ", "\u200b", "毒品", "110101190001010014", "138", "0013", "8000", "机密★10年", "微信号：", "会后收回", "a@example.com"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 50).Draw(t, "pieces"), "")
		if rapid.Bool().Draw(t, "long") {
			text += strings.Repeat("天地玄黄\n", 8000) + text
		}
		want, err := s.Scan(context.Background(), &shenjiao.Document{ID: new("d"), Body: &text})
		require.NoError(t, err)
		delivered := 0
		stream := s.NewStream(context.Background(), shenjiao.StreamOptions{ID: "d", OnFinding: func(shenjiao.Finding) { delivered++ }})
		for rest := []byte(text); len(rest) > 0; {
			n := min(len(rest), rapid.SampledFrom([]int{1, 2, 3, 100, 5000, 100000}).Draw(t, "chunk"))
			_, err := stream.Write(rest[:n])
			require.NoError(t, err)
			rest = rest[n:]
		}
		got, err := stream.Report()
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, len(got.Findings), delivered)
		checkSpans(t, &shenjiao.Document{Body: &text}, got)
	})
}

// Findings arrive while the text is being written.
func TestStreamDeliversEarly(t *testing.T) {
	s := scanner(t, nil)
	delivered := 0
	stream := s.NewStream(context.Background(), shenjiao.StreamOptions{OnFinding: func(f shenjiao.Finding) {
		if f.Rule == "term" {
			delivered++
		}
	}})
	_, err := stream.Write([]byte("赌博网站"))
	require.NoError(t, err)
	require.Zero(t, delivered)
	_, err = stream.Write([]byte(strings.Repeat("天地", 500)))
	require.NoError(t, err)
	require.Equal(t, 1, delivered)
}

func TestStreamErrors(t *testing.T) {
	s := scanner(t, nil)
	for name, tt := range map[string]struct {
		chunks []string
		want   string
	}{
		"invalid byte":            {[]string{"好", "的\xff好"}, "byte 6 of the text"},
		"cut off at the end":      {[]string{"好\xe5", "\xa5"}, "byte 3 of the text"},
		"cut off across chunks":   {[]string{"好\xe5", "好"}, "byte 3 of the text"},
		"stray continuation byte": {[]string{"\x80"}, "byte 0 of the text"},
	} {
		t.Run(name, func(t *testing.T) {
			stream := s.NewStream(context.Background(), shenjiao.StreamOptions{})
			for _, c := range tt.chunks {
				_, _ = stream.Write([]byte(c))
			}
			_, err := stream.Report()
			require.ErrorContains(t, err, tt.want)
			require.NotContains(t, err.Error(), "好")
		})
	}
	stream := s.NewStream(context.Background(), shenjiao.StreamOptions{})
	_, err := stream.Report()
	require.NoError(t, err)
	_, err = stream.Write([]byte("x"))
	require.ErrorContains(t, err, "the report was made already")
	_, err = stream.Report()
	require.Error(t, err)
}

// Law 7 without reloads: one scanner serves many goroutines.
func TestConcurrentScans(t *testing.T) {
	s := scanner(t, nil)
	doc := &shenjiao.Document{Body: new(strings.Repeat("去赌*博网站，请一次性交付，大麻烦。\n", 200))}
	want := scan(t, s, doc)
	require.Len(t, want.Findings, 400)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				got, err := s.Scan(context.Background(), doc)
				if err != nil || len(got.Findings) != len(want.Findings) || got.Verdict != want.Verdict {
					t.Errorf("got %v, %v", got, err)
				}
			}
		})
	}
	wg.Wait()
}
