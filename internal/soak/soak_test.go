package soak

import (
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/segment"
)

var (
	soakTime = flag.Duration("soak", 0, "how long all tests together go on; 0 is one short round of each")
	seedFlag = flag.Uint64("seed", 0, "draw the inputs that a failed run with this seed drew; 0 is a new one")
)

// shares is among how many tests the time is divided: each calls rounds once.
const shares = 9

// A tally counts what a test did.
type tally struct {
	name           string
	inputs, faults atomic.Int64
}

var (
	talliesMu sync.Mutex
	tallies   []*tally
)

func TestMain(m *testing.M) {
	flag.Parse()
	status := m.Run()
	if *soakTime > 0 || testing.Verbose() {
		failures := 0
		if status != 0 {
			failures = int(failed.Load())
		}
		var inputs, faults int64
		fmt.Printf("%-14s %12s %12s\n", "", "inputs", "faults")
		for _, c := range tallies {
			fmt.Printf("%-14s %12d %12d\n", c.name, c.inputs.Load(), c.faults.Load())
			inputs, faults = inputs+c.inputs.Load(), faults+c.faults.Load()
		}
		fmt.Printf("%-14s %12d %12d   failures: %d\n", "all", inputs, faults, failures)
	}
	os.Exit(status)
}

var failed atomic.Int64

// rounds calls round until the test's share of the time is over, at least once,
// and sees to it that nothing is left running or open.
func rounds(t *testing.T, name string, round func(t *testing.T, rng *rand.Rand, c *tally)) {
	t.Helper()
	c := &tally{name: name}
	talliesMu.Lock()
	tallies = append(tallies, c)
	talliesMu.Unlock()
	require.NoError(t, segment.Warm()) // what a process does once is no leak
	running := goleak.IgnoreCurrent()
	open := descriptors()
	t.Cleanup(func() {
		if t.Failed() {
			failed.Add(1)
		}
	})
	end := time.Now().Add(*soakTime / shares)
	for n := uint64(0); n == 0 || time.Now().Before(end); n++ {
		seed := *seedFlag
		if seed == 0 {
			seed = rand.Uint64()
		}
		ok := t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) { round(t, rand.New(rand.NewPCG(seed, 0)), c) })
		if !ok {
			return
		}
	}
	goleak.VerifyNone(t, running)
	runtime.GC() // files that nobody closed are closed by then, which would hide them
	require.LessOrEqual(t, len(descriptors()), len(open), "files that were left open: %v, before %v", descriptors(), open)
}

// descriptors are the open files of this process, where the system tells.
func descriptors() (open []string) {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if target, err := os.Readlink("/proc/self/fd/" + e.Name()); err == nil && !strings.HasPrefix(target, "anon_inode") {
			open = append(open, target)
		}
	}
	return open
}

// soaking reports whether there is time for what takes a minute under the race
// detector.
func soaking() bool { return *soakTime >= 5*time.Minute }

const packHead = "id: house\nversion: 1.2.3\nowner: 宣传部\nupdated: 2026-11-21\n"

// soundPack is a pack with all of its files.
func soundPack() fstest.MapFS {
	return fstest.MapFS{
		"pack.yaml":         {Data: []byte(packHead), Mode: 0o644},
		"terms/terms.csv":   {Data: []byte("term,category,action,suggest\n赌博网站,gambling_fraud,block,\n云洲市总工会,x_names,,云州市总工会\n职工之加乐园,x_names,,\n")},
		"terms/x_names.txt": {Data: []byte("职工之加乐园二\n")},
		"allow.csv":         {Data: []byte("phrase\n反赌博网站专项行动\n")},
		"cases.yaml":        {Data: []byte("must_hit:\n- {category: gambling_fraud, text: 登录赌博网站}\nmust_pass:\n- {category: gambling_fraud, text: 反赌博网站专项行动}\n")},
	}
}

var newScanner = sync.OnceValues(func() (*shenjiao.Scanner, error) {
	return shenjiao.New(shenjiao.Options{NoStarter: true, Packs: []fs.FS{soundPack()}, NoSemantic: true})
})

func scanner(t testing.TB) *shenjiao.Scanner {
	s, err := newScanner()
	require.NoError(t, err)
	return s
}

// pick returns one of a list.
func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }
