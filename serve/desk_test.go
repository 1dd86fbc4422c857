//go:build !race

package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

// A tab is the review desk in a browser.
type tab struct {
	t   *testing.T
	ctx context.Context
	dir string // downloads
}

// openDesk opens the desk of a server; the test is skipped where there is no
// Chromium. What the page throws, or logs as an error, fails the test.
func openDesk(t *testing.T, srv *httptest.Server, width, height int64) *tab {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium on this machine: install it (Debian: apt-get install chromium fonts-noto-cjk) to run the tests of the review desk")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("lang", "zh-CN"))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	d := &tab{t, ctx, t.TempDir()}
	chromedp.ListenTarget(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("the page threw: %s", ev.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			if ev.Type == runtime.APITypeError {
				t.Errorf("the page logged an error: %s", ev.Args[0].Value)
			}
		}
	})
	d.do(chromedp.EmulateViewport(width, height),
		browser.SetDownloadBehavior(browser.SetDownloadBehaviorBehaviorAllow).WithDownloadPath(d.dir),
		chromedp.Navigate(srv.URL+"/"))
	return d
}

func (d *tab) do(actions ...chromedp.Action) {
	d.t.Helper()
	require.NoError(d.t, chromedp.Run(d.ctx, actions...))
}

// eval returns the value of an expression.
func (d *tab) eval(js string) (v any) {
	d.t.Helper()
	d.do(chromedp.Evaluate(js, &v))
	return v
}

// until waits for an expression to be true.
func (d *tab) until(js string) {
	d.t.Helper()
	require.NoError(d.t, chromedp.Run(d.ctx, chromedp.Poll(js, nil, chromedp.WithPollingTimeout(eventually))), js)
}

// paste writes a text into a field, as pasting does: as one insertion.
func (d *tab) paste(field, text string) {
	d.t.Helper()
	d.do(chromedp.Focus("#"+field, chromedp.ByQuery), input.InsertText(text))
}

// clickOn clicks where the first mark with this text is.
func (d *tab) clickOn(text string) {
	d.t.Helper()
	quoted, _ := json.Marshal(text)
	at := d.eval(fmt.Sprintf(`(() => {
		const m = [...document.querySelectorAll(".under mark")].find((m) => m.textContent === %s);
		m.scrollIntoView({ block: "center", behavior: "instant" });
		const r = m.getClientRects()[0];
		return [r.left + r.width / 2, r.top + r.height / 2];
	})()`, quoted)).([]any)
	d.do(chromedp.MouseClickXY(at[0].(float64), at[1].(float64)))
}

// picture keeps a picture of the page if SHENJIAO_PICTURES names a folder.
func (d *tab) picture(name string) {
	dir := os.Getenv("SHENJIAO_PICTURES")
	if dir == "" {
		return
	}
	var png []byte
	time.Sleep(500 * time.Millisecond) // until what moves has come to rest
	d.do(chromedp.CaptureScreenshot(&png))
	require.NoError(d.t, os.WriteFile(filepath.Join(dir, name), png, 0o644))
}

const (
	deskTitle = "云洲市总工会开展活动"
	deskBody  = "到云洲市总工会参加幸*运*转*盘*大*奖。\n\n第二段：😀云洲市总工会欢迎职工，旧称职工之加乐园。"
)

// marksOf is what is marked in a field, as "text|action …".
const marksOf = `[...document.querySelectorAll("[data-field=%s] mark")].map((m) => m.textContent + "|" + m.dataset.action).join(" ")`

// TestDesk drives the review desk as an editor does: paste, see marks, ask why,
// take a suggestion, switch what is checked, fill in what is missing, download.
func TestDesk(t *testing.T) {
	srv, log := start(t)
	d := openDesk(t, srv, 1280, 900)
	d.until(`document.querySelectorAll("#categories input").length === 13`)

	t.Log("paste, and marks appear in place")
	d.paste("title", deskTitle)
	d.paste("body", deskBody)
	d.until(`document.querySelectorAll("[data-field=body] mark").length === 3`)
	require.Equal(t, "云洲市总工会|review 幸*运*转*盘*大*奖|review 云洲市总工会|review", d.eval(fmt.Sprintf(marksOf, "body")))
	require.Equal(t, "云洲市总工会|review", d.eval(fmt.Sprintf(marksOf, "title")))
	require.Equal(t, "需复核", d.eval(`document.querySelector("#verdict").textContent`))
	// The marked text lies exactly under the written one.
	require.Equal(t, true, d.eval(`[...document.querySelectorAll(".marked")].every((b) => {
		const [u, w] = b.children, a = getComputedStyle(u), c = getComputedStyle(w);
		return w.scrollHeight <= u.offsetHeight + 1 && u.offsetHeight === w.offsetHeight && ["fontSize", "fontFamily", "lineHeight", "letterSpacing", "whiteSpace", "overflowWrap", "paddingTop", "width"].every((k) => a[k] === c[k]);
	})`))

	t.Log("click a mark to see why")
	d.clickOn("幸*运*转*盘*大*奖")
	d.until(`!document.querySelector("#why").hidden`)
	require.Contains(t, d.eval(`document.querySelector("#why").textContent`), "幸运转盘大奖")
	require.Contains(t, d.eval(`document.querySelector("#why").textContent`), "插入符号")
	require.Nil(t, d.eval(`document.querySelector("#apply")`), "there is no suggestion")
	d.do(chromedp.KeyEvent(kb.Escape))
	d.until(`document.querySelector("#why").hidden`)

	t.Log("take a suggestion, behind an emoji, and by keyboard")
	d.do(chromedp.Focus("#body", chromedp.ByQuery))
	d.eval(`document.querySelector("#body").setSelectionRange(0, 0)`)
	for n := 0; d.eval(`document.activeElement.id === "body" && document.activeElement.selectionStart > 25`) != true; n++ {
		require.Less(t, n, 8, "the last mark is reached by F8")
		d.do(chromedp.KeyEvent(kb.F8))
	}
	d.until(`document.querySelector("#apply")?.textContent === "改为“云州市总工会”"`)
	d.picture("card.png")
	d.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(input.ModifierAlt)))
	d.until(`document.querySelector("#body").value.endsWith("😀云州市总工会欢迎职工，旧称职工之加乐园。")`)
	d.until(`document.querySelectorAll("[data-field=body] mark").length === 2`)
	d.clickOn("云洲市总工会")
	d.until(`document.querySelector("#apply") && !document.querySelector("#why").hidden`)
	d.do(chromedp.Click("#apply", chromedp.ByQuery))
	d.until(`!document.querySelector("#title").value.includes("云洲市")`)
	d.eval(`document.execCommand("undo")`)
	d.until(`document.querySelector("#title").value.includes("云洲市")`)

	t.Log("marks move with what is typed before them")
	d.eval(`document.querySelector("#body").setSelectionRange(0, 0)`)
	d.paste("body", "请")
	require.Contains(t, d.eval(fmt.Sprintf(marksOf, "body")), "云洲市总工会|review")

	t.Log("switch categories, channels, profile, vetoed candidates")
	d.eval(`document.querySelector("#judging").open = true`)
	d.do(chromedp.Click(`#categories input[value=x_names]`, chromedp.ByQuery))
	d.until(`document.querySelectorAll(".under mark").length === 1`)
	d.do(chromedp.Click(`#channels input[value=noise]`, chromedp.ByQuery))
	d.until(`document.querySelectorAll(".under mark").length === 0`)
	d.do(chromedp.Click(`#channels input[value=noise]`, chromedp.ByQuery), chromedp.Click(`#categories input[value=x_names]`, chromedp.ByQuery))
	d.until(`document.querySelectorAll("[data-field=body] mark").length === 2`)
	require.Equal(t, true, d.eval(`document.querySelector("#vetoed-box").hidden`))
	d.do(chromedp.Click("#show-vetoed", chromedp.ByQuery))
	d.until(`document.querySelector("#vetoed").textContent.includes("职工之加乐园")`)
	d.until(`document.querySelectorAll("#unevaluated li").length > 3`)
	d.eval(`(() => { const p = document.querySelector("#profile"); p.value = "none"; p.dispatchEvent(new Event("input", { bubbles: true })); })()`)
	d.until(`document.querySelector("#unevaluated-box").hidden && document.querySelector("#steps-box").hidden`)
	d.eval(`(() => { const p = document.querySelector("#profile"); p.value = ""; p.dispatchEvent(new Event("input", { bubbles: true })); })()`)
	d.until(`!document.querySelector("#unevaluated-box").hidden`)

	t.Log("see what stays unevaluated, and fill it in")
	const missing = `[...document.querySelectorAll("#unevaluated .link")].filter((b) => b.textContent === "是转载稿")`
	d.until(missing + ".length > 0")
	d.eval(`document.querySelector("#unevaluated-box").open = true`)
	d.eval(missing + "[0].click()")
	d.until(`document.activeElement.dataset.path === "repost.is_repost" && document.activeElement.closest("details").open`)
	d.eval(`(() => { const p = document.activeElement; p.value = "true"; p.dispatchEvent(new Event("input", { bubbles: true })); })()`)
	d.until(missing + ".length === 0")
	d.do(chromedp.Focus(`[data-path="repost.source"]`, chromedp.ByQuery), input.InsertText("云洲市总工会网站"))
	d.until(`[...document.querySelectorAll("#findings li")].some((li) => li.textContent.includes("来源"))`)
	d.eval(`document.querySelector("#add-review").click()`)
	d.until(`document.querySelectorAll(".review-row").length === 1`)
	d.eval(`document.querySelector(".review-row button").click()`)

	t.Log("download the report")
	for format, want := range map[string]string{"html": "<!doctype html>", "json": `"schema":"shenjiao.report/v1"`, "sarif": `"version": "2.1.0"`} {
		d.do(chromedp.Click(fmt.Sprintf("[data-download=%s]", format), chromedp.ByQuery))
		var content []byte
		require.Eventually(t, func() bool {
			files, err := filepath.Glob(filepath.Join(d.dir, "*审校报告."+format))
			if err != nil || len(files) != 1 {
				return false
			}
			content, err = os.ReadFile(files[0])
			return err == nil && len(content) > 0
		}, eventually, 20*time.Millisecond, format)
		require.Contains(t, string(content), want)
		require.Contains(t, string(content), "云洲市总工会")
	}
	require.NotContains(t, log.String(), "云洲市")
}

// TestDeskFiles: texts of every kind are read, also from other code pages, and
// a whole document with what is known about it.
func TestDeskFiles(t *testing.T) {
	srv, _ := start(t)
	d := openDesk(t, srv, 1280, 900)
	d.until(`lexicon !== null`)
	drop := func(name, content string) {
		quoted, err := json.Marshal([]byte(content)) // base64
		require.NoError(t, err)
		d.eval(fmt.Sprintf(`(() => {
			const data = new DataTransfer();
			data.items.add(new File([Uint8Array.from(atob(%s), (c) => c.charCodeAt(0))], %q));
			document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
		})()`, quoted, name))
	}
	for _, x := range []struct{ name, content, body, format string }{
		{"draft.txt", deskBody, deskBody, "plain"},
		{"gbk.txt", "\xd4\xc6\xd6\xde\xca\xd0\xd7\xdc\xb9\xa4\xbb\xe1", "云洲市总工会", "plain"},
		{"draft.docx", wordDocument(t, "到云洲市总工会"), "到云洲市总工会", "plain"},
		{"draft.md", "# 云洲市总工会", "# 云洲市总工会", "markdown"},
		{"draft.html", "<p>云洲市<b>总工会</b></p>", "<p>云洲市<b>总工会</b></p>", "html"},
	} {
		drop(x.name, x.content)
		quoted, err := json.Marshal(x.body)
		require.NoError(t, err)
		d.until(fmt.Sprintf(`document.querySelector("#body").value === %s && document.querySelector("#format").value === %q`, quoted, x.format))
		d.until(`document.querySelectorAll("[data-field=body] mark").length > 0`)
	}
	require.Equal(t, "云洲市<b>总工会|review", d.eval(fmt.Sprintf(marksOf, "body")), "marks stand in the source of HTML")
	d.clickOn("云洲市<b>总工会")
	d.until(`document.querySelector("#apply") && !document.querySelector("#why").hidden`)
	d.do(chromedp.Click("#apply", chromedp.ByQuery))
	d.until(`document.querySelector("#body").value === "<p>云州市总工会</b></p>"`)

	doc := `{"id":"d7","title":"标题","body":"正文","body_format":"markdown","images":[{"alt":"云洲市总工会"}],
		"repost":{"is_repost":true,"source":"新华社"},"workflow":{"editor":"甲","reviews":[{"level":1,"result":"approved","reviewer":"乙","at":"2026-11-02T09:30:00+08:00"}]}}`
	drop("draft.json", doc)
	d.until(`document.querySelector("#title").value === "标题"`)
	got, err := json.Marshal(d.eval(`collect()`))
	require.NoError(t, err)
	require.JSONEq(t, doc, string(got), "what was read is what is checked")
	d.until(`[...document.querySelectorAll("#findings li")].some((li) => li.textContent.includes("云洲市总工会"))`)
	drop("slow.docx", wordDocument(t, "慢")) // the server reads it, and meanwhile
	drop("quick.txt", "云洲市总工会的活动")
	d.until(`document.querySelectorAll("[data-field=body] mark").length === 1`)
	require.Equal(t, "云洲市总工会的活动", d.eval(`document.querySelector("#body").value`))
	drop("broken.json", "{")
	d.until(`document.querySelector("#state").textContent.includes("不是 JSON")`)
}

// TestDeskForm: every field of the form is one of a Document, and every choice
// is one of its values.
func TestDeskForm(t *testing.T) {
	srv, _ := start(t)
	d := openDesk(t, srv, 1280, 900)
	d.until(`lexicon !== null`)
	docs := d.eval(`(() => {
		const docs = [], fill = (c, i) => {
			if (c.tagName === "SELECT") c.selectedIndex = 1 + i % (c.options.length - 1);
			else c.value = { "datetime-local": "2026-11-02T09:30", date: "2026-11-02" }[c.type] ?? "甲";
		};
		for (let i = 0; i < 8; i++) {
			for (const c of document.querySelectorAll("#data [data-path]")) fill(c, i);
			if (i === 0) addReview();
			for (const c of document.querySelectorAll("#data [data-member]")) fill(c, i);
			docs.push(JSON.stringify(collect()));
		}
		return docs;
	})()`).([]any)
	require.Len(t, docs, 8)
	for _, doc := range docs {
		parsed, err := review.ParseDocument([]byte(doc.(string)))
		require.NoError(t, err)
		require.Len(t, parsed.Workflow.Reviews, 1)
	}
	fields := d.eval(`document.querySelectorAll("#data [data-path]").length`).(float64)
	require.Greater(t, fields, 30.0)
	require.Equal(t, strings.Count(docs[0].(string), `":`) > int(fields), true, "every field is in the document")
}

// TestDeskOnPhone: at 360 pixels nothing is cut off or needs a sideways move,
// and everything can be reached with the keyboard, in the order of the page.
func TestDeskOnPhone(t *testing.T) {
	srv, _ := start(t)
	d := openDesk(t, srv, 360, 740)
	d.do(emulation.SetTouchEmulationEnabled(true))
	d.until(`lexicon !== null`)
	d.paste("title", deskTitle)
	d.paste("body", strings.Repeat(deskBody, 3))
	d.until(`document.querySelectorAll("[data-field=body] mark").length === 9`)
	d.eval(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`)
	require.Equal(t, "", d.eval(`[...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1 && !e.matches(".skip")).map((e) => e.tagName + "#" + e.id + "." + e.className).join(" ")`))
	require.Equal(t, true, d.eval(`document.documentElement.scrollWidth <= innerWidth`))
	d.eval(`document.querySelectorAll("details").forEach((d) => { d.open = false; })`)
	d.clickOn("幸*运*转*盘*大*奖")
	d.until(`!document.querySelector("#why").hidden`)
	require.Equal(t, true, d.eval(`(() => { const r = document.querySelector("#why").getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth && r.bottom <= innerHeight; })()`))
	d.picture("phone.png")

	order := []string{}
	d.eval(`(() => { close(); document.activeElement.blur(); document.querySelector(".skip").focus(); })()`)
	for range 400 {
		id := d.eval(`(() => { const e = document.activeElement; return e.id || e.dataset.download || e.dataset.path || e.value || e.textContent.slice(0, 12); })()`).(string)
		order = append(order, id)
		if id == "" || len(order) > 1 && id == order[0] {
			break
		}
		d.do(chromedp.KeyEvent(kb.Tab))
		if len(order) > 60 {
			break
		}
	}
	at := -1
	for _, want := range []string{"file", "format", "example", "clear", "html", "json", "sarif", "title", "author", "digest", "body"} {
		i := indexAfter(order, want, at)
		require.Greater(t, i, at, "%s in the order of the keyboard, %v", want, order)
		at = i
	}
	require.Equal(t, "", d.eval(`[...document.querySelectorAll("input, select, textarea, button")].filter((e) => !(e.labels?.length || e.ariaLabel || e.textContent.trim() || e.closest("label"))).map((e) => e.outerHTML).join(" ")`), "controls without a name")
}

func indexAfter(list []string, want string, after int) int {
	for i := after + 1; i < len(list); i++ {
		if list[i] == want {
			return i
		}
	}
	return -1
}

// TestDeskToken: the desk asks for the token, and works with it.
func TestDeskToken(t *testing.T) {
	srv, _ := start(t, func(o *Options) { o.Token = "0123456789abcdef" })
	d := openDesk(t, srv, 1280, 900)
	d.until(`!document.querySelector("#login").hidden`)
	d.do(input.InsertText("wrong"), chromedp.KeyEvent(kb.Enter))
	d.until(`!document.querySelector("#login").hidden && document.querySelector("#token").value === ""`)
	d.until(`sessionStorage.getItem("token") === null`)
	d.do(chromedp.Focus("#token", chromedp.ByQuery), input.InsertText("0123456789abcdef"), chromedp.KeyEvent(kb.Enter))
	d.until(`lexicon !== null && document.querySelector("#login").hidden`)
	d.paste("body", deskBody)
	d.until(`document.querySelectorAll("[data-field=body] mark").length === 3`)
}

// TestDeskExample: the example shows what the built-in pack finds.
func TestDeskExample(t *testing.T) {
	scanner, err := shenjiao.New(shenjiao.Options{})
	require.NoError(t, err)
	srv, _ := start(t, func(o *Options) { o.Scanner = Fixed(scanner) })
	d := openDesk(t, srv, 1200, 800)
	d.until(`lexicon !== null`)
	d.do(chromedp.Click("#example", chromedp.ByQuery))
	d.until(`new Set([...document.querySelectorAll("[data-field=body] mark")].flatMap((m) => m.dataset.findings.split(" ")).map((id) => finding(id).category)).size >= 3`)
	d.until(`document.querySelectorAll("#steps li").length > 0 && document.querySelectorAll("#unevaluated li").length > 0`)
	d.eval(`choose(report.findings.find((x) => x.suggestion && x.line > 0 && x.category === "political_terms").id, false)`)
	d.until(`!document.querySelector("#why").hidden`)
	d.picture("review-desk.png")
	d.eval(`(() => { close(); for (const id of ["judging", "unevaluated-box"]) document.getElementById(id).open = true; document.querySelector("#judging").scrollIntoView(); })()`)
	d.picture("settings.png")
	d.do(chromedp.EmulateViewport(360, 740))
	d.eval(`(() => { for (const x of document.querySelectorAll("details")) x.open = false; scrollTo(0, 0); })()`)
	d.picture("phone-top.png")
	d.eval(`(() => { document.querySelector("#judging").open = true; document.querySelector("#judging").scrollIntoView(); })()`)
	d.picture("phone-settings.png")
}

// TestDeskIsItsOwn: no page of the desk asks for anything from elsewhere.
func TestDeskIsItsOwn(t *testing.T) {
	srv, _ := start(t)
	for _, path := range []string{"/", "/desk.css", "/desk.js", "/data.js", "/report.css"} {
		resp, body := call(t, srv, "GET", path, "", "")
		require.Equal(t, 200, resp.StatusCode, path)
		require.Equal(t, deskPolicy, resp.Header.Get("Content-Security-Policy"))
		require.NotRegexp(t, `https?://|url\(|@import|innerHTML|localStorage`, body, path)
	}
}
