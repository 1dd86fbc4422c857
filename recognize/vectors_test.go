package recognize_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/recognize"
)

// sharedFile reads a file of the material that the project was specified with,
// which lies beside a working copy, or skips the test.
func sharedFile(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	for {
		data, err := os.ReadFile(filepath.Join(dir, "shared", name))
		if err == nil {
			return string(data)
		}
		if dir == filepath.Dir(dir) {
			t.Skipf("no shared/%s above this folder", name)
		}
		dir = filepath.Dir(dir)
	}
}

var vectorKinds = map[string]recognize.Kind{
	"id_card": recognize.ResidentID, "uscc": recognize.CreditCode, "bank_card": recognize.BankCard, "mobile": recognize.Mobile,
	"landline": recognize.Landline, "passport": recognize.Passport, "hk_mo_permit": recognize.Permit, "plate": recognize.Plate,
	"email": recognize.Email, "qq": recognize.QQ, "wechat_id": recognize.WeChat, "ip": recognize.IPAddress, "address": recognize.Address,
}

// TestSpecificationVectors replays the vectors that the recognisers were
// specified with.
func TestSpecificationVectors(t *testing.T) {
	r := recognizer(t, recognize.Options{Published: []string{"@example.cn", "yz-zgh"}})
	n := 0
	for line := range strings.Lines(sharedFile(t, "spec/pii_vectors.tsv")) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		kind, ok := vectorKinds[cells[0]]
		if !ok {
			require.Equal(t, "recognizer", cells[0], "a kind of the vectors that the test does not know")
			continue
		}
		n++
		t.Run(cells[0]+" "+cells[1], func(t *testing.T) {
			for _, around := range [][2]string{{"", ""}, {"其中，", "。"}, {"（", "）"}} {
				spans := r.FindAll(around[0] + cells[1] + around[1])
				switch found := only(spans, kind); cells[2] {
				case "valid":
					require.Len(t, spans, 1, "nothing is reported twice")
					require.Len(t, found, 1)
					require.Zero(t, found[0].Notes&recognize.Allowed)
				case "invalid", "skip", "weak", "context":
					require.Empty(t, found)
				case "hotline":
					require.Empty(t, found)
					require.Len(t, only(spans, recognize.Hotline), 1)
				case "org":
					require.Len(t, found, 1)
					require.True(t, found[0].Notes.Has(recognize.Allowed))
				default:
					t.Fatalf("unknown expectation %q", cells[2])
				}
			}
			switch cells[2] {
			case "weak":
				require.Len(t, only(r.FindAll("身份证号："+cells[1]), kind), 1)
			case "context":
				require.Len(t, only(r.FindAll("服务器地址"+cells[1]), kind), 1)
			}
		})
	}
	require.NotZero(t, n)
}
