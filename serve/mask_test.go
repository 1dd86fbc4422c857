package serve

import (
	"bufio"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMask: the answer is what the library makes of the text, with the count.
func TestMask(t *testing.T) {
	srv, log := start(t)
	for query, want := range map[string][3]string{
		"":                                    {"******举办***********，电话138****5678。", "3", ""},
		"mode=fixed":                          {"***举办***，电话***。", "3", ""},
		"mode=fixed&mask=〔略〕":                 {"〔略〕举办〔略〕，电话〔略〕。", "3", ""},
		"mask=█":                              {"██████举办███████████，电话138████5678。", "3", ""},
		"mode=category":                       {"[x_names]举办[赌博诈骗]，电话[手机号码]。", "3", ""},
		"categories=personal_info":            {"云洲市总工会举办幸*运*转*盘*大*奖，电话138****5678。", "1", ""},
		"channels=-noise":                     {"******举办幸*运*转*盘*大*奖，电话138****5678。", "2", ""},
		"least=block":                         {draft, "0", ""},
		"stop=true&categories=gambling_fraud": {"云洲市总工会举办", "0", "gambling_fraud"},
	} {
		resp, body := call(t, srv, "POST", "/v1/mask?"+query, "text/plain", draft)
		require.Equal(t, 200, resp.StatusCode, body)
		require.Equal(t, want, [3]string{body, resp.Trailer.Get(trailerMasked), resp.Trailer.Get(trailerStopped)}, query)
	}
	for query, want := range map[string]string{
		"mode=x&least=x&stop=x":  "unknown value",
		"mask=ab":                "one character",
		"mode=category&mask=a":   "name of the category",
		"mode=fixed&format=html": "unknown parameter",
	} {
		resp, body := call(t, srv, "POST", "/v1/mask?"+query, "text/plain", draft)
		require.Equal(t, 400, resp.StatusCode, query)
		require.Contains(t, body, want)
	}
	require.NotContains(t, log.String(), "云洲市")
}

// TestMaskAsItComes: what is certain is released while the client still writes,
// and no part of a finding is, wherever the pieces are cut.
func TestMaskAsItComes(t *testing.T) {
	srv, _ := start(t)
	pr, pw := io.Pipe()
	req, err := http.NewRequest("POST", srv.URL+"/v1/mask", pr)
	require.NoError(t, err)
	req.Header.Set("Content-Type", "text/plain")
	resp, err := srv.Client().Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	got := bufio.NewReader(resp.Body)
	line := strings.Repeat("今天天气晴好。", 2000) + "到云洲市总工会参观。\n"
	for range 3 {
		for i := 0; i < len(line); i += 4001 {
			_, err := io.WriteString(pw, line[i:min(len(line), i+4001)])
			require.NoError(t, err)
		}
		first := make([]byte, 1000)
		_, err := io.ReadFull(got, first)
		require.NoError(t, err, "the beginning is there before the end was sent")
	}
	require.NoError(t, pw.Close())
	rest, err := io.ReadAll(got)
	require.NoError(t, err)
	require.NotContains(t, string(rest), "云洲市")
	require.Equal(t, 3, strings.Count(string(rest), "到******参观。"))
	require.Equal(t, "3", resp.Trailer.Get(trailerMasked))
}
