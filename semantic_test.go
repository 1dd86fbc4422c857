package shenjiao_test

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/semantic"
)

// meant is a passage without a listed word that the starter model objects to.
const meant = "缺钱的来，有手机卡的联系我，日结，懂的加我，别外传。"

// Law: the model only adds findings, for review at most; all others, and all
// else of a report, are what they are without it.
func TestSemanticOnlyAdds(t *testing.T) {
	with := scanner(t, nil)
	without, err := with.With(func(o *shenjiao.Options) { o.NoSemantic = true })
	require.NoError(t, err)
	require.Nil(t, without.Semantic())
	pieces := []string{meant, "押单押双都行，当场结清，懂的来", "赌博网站", "赌*博网站", "13800138000", "社区明天停水", "，", "。", "\n\n", "民警提醒大家不要轻信", "<b>", "&#36172;"}
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 20).Draw(t, "pieces"), "")
		format := rapid.SampledFrom([]review.BodyFormat{review.BodyPlain, review.BodyHTML, review.BodyMarkdown}).Draw(t, "format")
		doc := &shenjiao.Document{Title: new("通知"), Body: &body, BodyFormat: &format}
		got, err := with.Scan(context.Background(), doc)
		require.NoError(t, err)
		want, err := without.Scan(context.Background(), doc)
		require.NoError(t, err)
		for _, f := range got.Findings {
			if f.Rule == "semantic" {
				found++
				require.LessOrEqual(t, f.Action, review.ActionReview)
				require.NotEmpty(t, f.Category)
				require.NotEmpty(t, f.Message)
			}
		}
		got.Findings = slices.DeleteFunc(got.Findings, func(f shenjiao.Finding) bool { return f.Rule == "semantic" })
		require.Equal(t, want.Findings, got.Findings)
		require.Equal(t, want.Evaluations, got.Evaluations)
		require.LessOrEqual(t, got.Verdict, max(want.Verdict, review.VerdictReview))
	})
	require.Positive(t, found)
}

// A finding points at its passage and says why; the report names the model.
func TestSemanticFinding(t *testing.T) {
	s := scanner(t, nil)
	body := "周六清洗水箱，请各位居民提前储水备用。\n\n" + meant
	r := scan(t, s, &shenjiao.Document{Body: &body})
	require.Len(t, r.Findings, 1)
	f := r.Findings[0]
	require.Equal(t, "semantic", f.Rule)
	require.Equal(t, "gambling_fraud", f.Category)
	require.Equal(t, meant, f.Text)
	require.Equal(t, meant, body[f.Span.Start:f.Span.End])
	require.Equal(t, 3, f.Line)
	require.NotEmpty(t, f.Evidence)
	require.Contains(t, f.Message, f.Evidence[0])
	require.Equal(t, review.VerdictReview, r.Verdict)
	require.Equal(t, s.Semantic().Digest(), r.Snapshot.Model)

	// Its fingerprint survives other figures and blanks.
	moved := scan(t, s, &shenjiao.Document{Body: new("缺钱的来， 有手机卡的联系我，日结，懂的加我，别外传。")})
	require.Equal(t, f.Fingerprint, moved.Findings[0].Fingerprint)

	// Options that leave it out.
	for name, change := range map[string]func(*shenjiao.Options){
		"confidence": func(o *shenjiao.Options) { o.MinConfidence = 1 },
		"category":   func(o *shenjiao.Options) { o.Categories = []lexicon.Category{lexicon.Minors} },
		"off":        func(o *shenjiao.Options) { o.NoSemantic = true },
	} {
		less, err := s.With(change)
		require.NoError(t, err)
		require.Empty(t, scan(t, less, &shenjiao.Document{Body: &body}).Findings, name)
	}
}

// What a term already says in a passage, the model does not say again.
func TestSemanticIsSilentWhereTermsSpeak(t *testing.T) {
	r := scan(t, scanner(t, nil), &shenjiao.Document{Body: new("赌博网站：" + meant)})
	require.Len(t, r.Findings, 1)
	require.Equal(t, "term", r.Findings[0].Rule)
}

// A pack may bring a model; one that is damaged keeps the scanner from being
// made, and the error names the pack and the file.
func TestSemanticModelOfPack(t *testing.T) {
	var rows []semantic.Example
	for i := range 30 {
		add := func(category, text string) {
			rows = append(rows, semantic.Example{Row: semantic.Row{Text: text + strings.Repeat("一", i%7) + strings.Repeat("二", i/7), Category: category, Source: "desk"}})
		}
		add("secrecy", "内部材料请勿转给旁人")
		add("", "今天的食堂菜单已经更新")
	}
	m, err := semantic.Train(rows, semantic.TrainOptions{Version: "house"})
	require.NoError(t, err)
	data, err := m.File()
	require.NoError(t, err)
	fsys := pack(terms).(fstest.MapFS)
	fsys[lexicon.ModelFile] = &fstest.MapFile{Data: data}
	opts := shenjiao.Options{Packs: []fs.FS{fsys}, NoStarter: true, NoRules: true}
	s, err := shenjiao.New(opts)
	require.NoError(t, err)
	require.Equal(t, "house", s.Semantic().Version())
	again, err := s.With(func(o *shenjiao.Options) { o.NoSemantic = true })
	require.NoError(t, err)
	again, err = again.With(func(o *shenjiao.Options) { o.NoSemantic = false })
	require.NoError(t, err)
	require.Equal(t, "house", again.Semantic().Version())

	fsys[lexicon.ModelFile] = &fstest.MapFile{Data: data[:len(data)-1]}
	_, err = shenjiao.New(opts)
	require.ErrorContains(t, err, "semantic.model: semantic: model: the checksum is wrong")
	var broken *shenjiao.PackError
	require.ErrorAs(t, err, &broken)
}
