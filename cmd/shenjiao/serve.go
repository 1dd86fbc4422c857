package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon/sign"
	"github.com/shenjiao/shenjiao/observe/prom"
	"github.com/shenjiao/shenjiao/reload"
	"github.com/shenjiao/shenjiao/segment"
	"github.com/shenjiao/shenjiao/serve"
)

// serveFlags are the flags of shenjiao serve.
type serveFlags struct {
	judgingFlags
	listen         string
	tokenFile      string
	jobs           int
	maxBody        int64
	maxConnections int
	log            string
	entryMetrics   bool
}

// tokenVariable is the environment variable that may hold the token: what
// stands on a command line can be read by every user of the machine.
const tokenVariable = "SHENJIAO_TOKEN"

// shortestToken is how many characters a token has to have.
const shortestToken = 16

func newServeCommand(c console) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve [flags]",
		Short: "HTTP 服务与审校台",
		Long: `提供 HTTP 接口（POST /v1/scan 等，说明见 /openapi.yaml），在 / 提供审校台网页。
默认只监听本机。监听其他地址时须有令牌：写在 --token-file 的文件或环境变量 ` + tokenVariable + ` 中。
--lexicon 的词库文件夹有改动时自动重新加载；加载失败则继续使用原来的词库。
收到中断信号后，处理完已收到的请求再退出。`,
		Example: `  shenjiao serve
  shenjiao serve --listen 0.0.0.0:8080 --token-file token.txt --lexicon house/`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), c) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.listen, "listen", "127.0.0.1:8080", "监听地址")
	flags.StringVar(&f.tokenFile, "token-file", "", "令牌文件（内容为一行令牌，至少16个字符）")
	f.judgingFlags.add(cmd)
	flags.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "同时检查的稿件数")
	flags.Int64Var(&f.maxBody, "max-body", serve.DefaultMaxBody, "请求正文（批量时为一行）的最大字节数")
	flags.IntVar(&f.maxConnections, "max-connections", serve.DefaultMaxConnections, "同时打开的连接数")
	flags.BoolVar(&f.entryMetrics, "entry-metrics", false, "在 /metrics 中按词条计数（会列出命中过的词条）")
	flags.StringVar(&f.log, "log", "text", "日志格式：text|json（写到标准错误，不含稿件内容）")
	addConfig(cmd)
	return cmd
}

func (f *serveFlags) run(ctx context.Context, c console) error {
	channels, token, err := f.check()
	if err != nil {
		return err
	}
	opts, err := f.options(channels)
	if err != nil {
		return err
	}
	if opts.Baseline, err = readBaseline(f.baseline); err != nil {
		return err
	}
	var handler slog.Handler = slog.NewTextHandler(c.err, nil)
	if f.log == "json" {
		handler = slog.NewJSONHandler(c.err, nil)
	}
	log := slog.New(handler)
	metrics := prom.New(prom.Options{Entries: f.entryMetrics})
	opts.Observer, opts.Logger = metrics, log
	source, done, err := f.source(opts, metrics, log)
	if err != nil {
		return err
	}
	defer done()
	metrics.Using(source.Current().Snapshot())
	if err := segment.Warm(); err != nil && !errors.Is(err, segment.ErrNoDictionary) {
		return err
	}
	server, err := serve.New(serve.Options{
		Scanner: source, Token: token, Metrics: metrics, Logger: log,
		MaxBody: f.maxBody, MaxConnections: f.maxConnections, Jobs: f.jobs,
	})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", f.listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	log.Info("listening", "address", "http://"+l.Addr().String(), "token", token != "", "snapshot", source.Current().Snapshot().Digest)
	err = server.Serve(ctx, l)
	if errors.Is(err, serve.ErrToken) {
		return fmt.Errorf("--listen: others can reach %s, want a token in --token-file or %s, or an address of this machine (127.0.0.1:8080)", f.listen, tokenVariable)
	}
	return err
}

// check reads the flags that have a form of their own, and the token.
func (f *serveFlags) check() (c channels, token string, err error) {
	errs := []error{wantOne("log", f.log, "text", "json")}
	for _, x := range []struct {
		flag string
		n    int64
	}{{"jobs", int64(f.jobs)}, {"max-body", f.maxBody}, {"max-connections", int64(f.maxConnections)}} {
		if x.n < 1 {
			errs = append(errs, fmt.Errorf("--%s: want 1 or more, got %d", x.flag, x.n))
		}
	}
	c, err = f.judgingFlags.check()
	errs = append(errs, err)
	token, err = f.token()
	return c, token, errors.Join(append(errs, err)...)
}

// token reads the token; it is empty if none is set.
func (f *serveFlags) token() (string, error) {
	token, from := os.Getenv(tokenVariable), tokenVariable
	if f.tokenFile != "" {
		if token != "" {
			return "", fmt.Errorf("--token-file and %s are both given, want one of them", tokenVariable)
		}
		data, err := os.ReadFile(f.tokenFile)
		if err != nil {
			return "", fmt.Errorf("--token-file: %w", readable(err))
		}
		token, from = strings.TrimSpace(string(data)), "--token-file: "+f.tokenFile
	} else if token == "" {
		return "", nil
	}
	if len(token) < shortestToken || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", fmt.Errorf("%s: want one line of at least %d printable ASCII characters", from, shortestToken)
	}
	return token, nil
}

// source makes the scanner: one that follows its folders, if there are any.
func (f *serveFlags) source(opts shenjiao.Options, metrics *prom.Metrics, log *slog.Logger) (s serve.Source, done func() error, err error) {
	policy, err := f.signatures.policy()
	if err != nil {
		return nil, nil, err
	}
	if len(f.lexicons) == 0 {
		scanner, err := shenjiao.New(opts)
		if err != nil {
			return nil, nil, err
		}
		return serve.Fixed(scanner), func() error { return nil }, nil
	}
	r, err := reload.New(reload.Options{
		Scanner: opts, Folders: f.lexicons, OnReload: metrics.Reloaded, Logger: log,
		Keys: policy.Keys, Ledger: sign.Ledger(f.signatures.ledger),
	})
	if err != nil {
		return nil, nil, errors.New(strings.ReplaceAll(err.Error(), "reload: ", "--lexicon "))
	}
	return r, r.Close, nil
}
