package sign_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"aead.dev/minisign"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/sign"
)

func pack(version string) fstest.MapFS {
	return fstest.MapFS{
		"pack.yaml":            {Data: []byte("id: house\nversion: " + version + "\nowner: x\n")},
		"cases.yaml":           {Data: []byte("must_hit:\n  - {category: minors, text: 他们逃课了}\n")},
		"terms/minors.csv":     {Data: []byte("term\n逃课\n")},
		"terms/contraband.txt": {Data: []byte("甲乙\n")},
		"README.md":            {Data: []byte("not part of the pack")},
	}
}

func keys(t require.TestingT) (sign.SecretKey, sign.PublicKey) {
	secret, public, err := sign.GenerateKey()
	require.NoError(t, err)
	return secret, public
}

// signed adds the files of a signature.
func signed(t require.TestingT, fsys fstest.MapFS, key sign.SecretKey) fstest.MapFS {
	files, err := lexicon.ReadFiles(fsys)
	require.NoError(t, err)
	manifest, signature, err := sign.Sign(files, key)
	require.NoError(t, err)
	fsys[lexicon.ManifestFile] = &fstest.MapFile{Data: manifest}
	fsys[lexicon.SignatureFile] = &fstest.MapFile{Data: signature}
	return fsys
}

func TestOpen(t *testing.T) {
	secret, public := keys(t)
	_, other := keys(t)
	fsys := signed(t, pack("1.4.0"), secret)
	files, err := sign.Open(fsys, sign.Policy{Keys: []sign.PublicKey{other, public}, Oldest: map[string]string{"house": "1.4.0", "else": "9.0.0"}})
	require.NoError(t, err)
	p, err := lexicon.ReadPack(files)
	require.NoError(t, err)
	sum := sha256.Sum256(fsys[lexicon.ManifestFile].Data)
	require.Equal(t, hex.EncodeToString(sum[:]), p.Digest, "the digest of reports is that of the manifest")

	again := signed(t, pack("1.4.0"), secret)
	require.Equal(t, fsys[lexicon.SignatureFile].Data, again[lexicon.SignatureFile].Data, "signing is deterministic")

	// Signing again what is signed signs the pack, not its signature.
	require.Equal(t, fsys[lexicon.ManifestFile].Data, signed(t, fsys, secret)[lexicon.ManifestFile].Data)

	// Windows line ends in the signature, which git may make, are no fault.
	fsys[lexicon.SignatureFile].Data = bytes.ReplaceAll(fsys[lexicon.SignatureFile].Data, []byte("\n"), []byte("\r\n"))
	_, err = sign.Open(fsys, sign.Policy{Keys: []sign.PublicKey{public}})
	require.NoError(t, err)
}

// Everything that a pack is refused for, with the reason.
func TestRefused(t *testing.T) {
	secret, public := keys(t)
	thief, thiefPublic := keys(t)
	old := signed(t, pack("1.3.0"), secret)
	resign := func(f fstest.MapFS, key sign.SecretKey, comment string) {
		key2, err := key.File("")
		require.NoError(t, err)
		var k minisign.PrivateKey
		require.NoError(t, k.UnmarshalText(bytes.TrimSpace(key2)))
		f[lexicon.SignatureFile].Data = minisign.SignWithComments(k, f[lexicon.ManifestFile].Data, comment, "x")
	}
	for _, tt := range []struct {
		name   string
		change func(fstest.MapFS)
		want   string // with KEY and THIEF for key ids
	}{
		{"unsigned", func(f fstest.MapFS) { delete(f, lexicon.ManifestFile); delete(f, lexicon.SignatureFile) },
			"pack.manifest is missing: the pack is not signed"},
		{"signature removed", func(f fstest.MapFS) { delete(f, lexicon.SignatureFile) },
			"pack.manifest.minisig is missing: the pack is not signed"},
		{"signature empty", func(f fstest.MapFS) { f[lexicon.SignatureFile].Data = nil },
			"pack.manifest.minisig is not a minisign signature: it is damaged or truncated"},
		{"signature truncated", func(f fstest.MapFS) { d := f[lexicon.SignatureFile].Data; f[lexicon.SignatureFile].Data = d[:len(d)-9] },
			"pack.manifest.minisig is not a minisign signature: it is damaged or truncated"},
		{"signed by another", func(f fstest.MapFS) { signed(t, f, thief) },
			"pack.manifest is signed with key THIEF, want KEY"},
		{"manifest made again", func(f fstest.MapFS) {
			f["terms/minors.csv"].Data = []byte("term\n")
			files, err := lexicon.ReadFiles(f)
			require.NoError(t, err)
			f[lexicon.ManifestFile].Data = files.Manifest()
		}, "pack.manifest is not what key KEY signed: it or its signature was changed"},
		{"trusted comment changed", func(f fstest.MapFS) {
			f[lexicon.SignatureFile].Data = bytes.Replace(f[lexicon.SignatureFile].Data, []byte("1.4.0"), []byte("9.4.0"), 1)
		}, "pack.manifest is not what key KEY signed: it or its signature was changed"},
		{"signature of the older version", func(f fstest.MapFS) { f[lexicon.SignatureFile].Data = old[lexicon.SignatureFile].Data },
			"pack.manifest is not what key KEY signed: it or its signature was changed"},
		{"a list that was signed as something else", func(f fstest.MapFS) { resign(f, secret, "release files") },
			`pack.manifest.minisig: the trusted comment is "release files", want "shenjiao pack house 1.4.0": this was not signed as a pack of that id and version`},
		{"a file changed", func(f fstest.MapFS) { f["terms/minors.csv"].Data = []byte("term\n逃课\n甲\n") },
			"the pack is not what was signed: terms/minors.csv was changed"},
		{"a file truncated", func(f fstest.MapFS) { f["terms/minors.csv"].Data = []byte("term\n") },
			"the pack is not what was signed: terms/minors.csv was changed"},
		{"a file removed", func(f fstest.MapFS) { delete(f, "cases.yaml") },
			"the pack is not what was signed: cases.yaml is missing"},
		{"files added", func(f fstest.MapFS) {
			f["allow.csv"] = &fstest.MapFile{Data: []byte("phrase\n逃课\n")}
			f["terms/b.txt"] = &fstest.MapFile{Data: []byte("x\n")}
		}, "the pack is not what was signed: allow.csv was added, terms/b.txt was added"},
		{"many files added", func(f fstest.MapFS) {
			for i := range 9 {
				f[fmt.Sprintf("terms/b%d.txt", i)] = &fstest.MapFile{Data: []byte("x\n")}
			}
		}, "the pack is not what was signed: terms/b0.txt was added, terms/b1.txt was added, terms/b2.txt was added, terms/b3.txt was added, terms/b4.txt was added, and 4 more"},
		{"manifest in another order", func(f fstest.MapFS) {
			lines := slices.Collect(strings.Lines(string(f[lexicon.ManifestFile].Data)))
			slices.Reverse(lines)
			f[lexicon.ManifestFile].Data = []byte(strings.Join(lines, ""))
			resign(f, secret, "shenjiao pack house 1.4.0")
		}, "pack.manifest is not in the form of sha256sum, sorted by path"},
		{"a path out of the folder", func(f fstest.MapFS) {
			f[lexicon.ManifestFile].Data = fmt.Appendf(f[lexicon.ManifestFile].Data, "%064x  ../../etc/passwd\n", 0)
			resign(f, secret, "shenjiao pack house 1.4.0")
		}, "the pack is not what was signed: ../../etc/passwd is missing"},
		{"downgraded", func(f fstest.MapFS) { clear(f); maps.Copy(f, old) },
			"pack house: version 1.3.0 is older than 1.4.0, which was accepted before"},
		{"no pack", func(f fstest.MapFS) { delete(f, "pack.yaml") },
			"the pack is not what was signed: pack.yaml is missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := signed(t, pack("1.4.0"), secret)
			tt.change(f)
			_, err := sign.Open(f, sign.Policy{Keys: []sign.PublicKey{public}, Oldest: map[string]string{"house": "1.4.0"}})
			want := strings.NewReplacer("KEY", public.ID(), "THIEF", thiefPublic.ID()).Replace(tt.want)
			require.EqualError(t, err, "sign: "+want)
		})
	}
	_, err := sign.Open(old, sign.Policy{})
	require.ErrorContains(t, err, "Policy.Keys is empty")
	_, _, err = sign.Sign(&lexicon.Files{}, secret)
	require.ErrorContains(t, err, "pack.yaml: file is missing")
}

// Any change of any byte of a file of a signed pack, and any cut, is refused.
func TestTampered(t *testing.T) {
	secret, public := keys(t)
	whole := signed(t, pack("1.4.0"), secret)
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(whole)), func(name string) bool { return name == "README.md" })
	rapid.Check(t, func(t *rapid.T) {
		f := maps.Clone(whole)
		name := rapid.SampledFrom(names).Draw(t, "file")
		data := bytes.Clone(f[name].Data)
		i := rapid.IntRange(0, len(data)-1).Draw(t, "offset")
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			data[i] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		case 1:
			data = data[:i]
		case 2:
			data = slices.Insert(data, i, rapid.Byte().Draw(t, "byte"))
		}
		f[name] = &fstest.MapFile{Data: data}
		_, err := sign.Open(f, sign.Policy{Keys: []sign.PublicKey{public}})
		if err == nil {
			// What minisign does not sign: the comment in the first line of
			// its file, and line ends.
			require.Equal(t, lexicon.SignatureFile, name)
			require.Equal(t, authentic(t, whole[name].Data), authentic(t, data))
		}
	})
}

// authentic is what a signature vouches for.
func authentic(t require.TestingT, text []byte) string {
	var s minisign.Signature
	require.NoError(t, s.UnmarshalText(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))))
	return fmt.Sprintf("%x %x %s", s.KeyID, s.Signature, s.TrustedComment)
}

// What is opened are the bytes that were checked, whatever the folder becomes.
func TestOpenKeepsBytes(t *testing.T) {
	secret, public := keys(t)
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, signed(t, pack("1.4.0"), secret)))
	files, err := sign.Open(os.DirFS(dir), sign.Policy{Keys: []sign.PublicKey{public}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "terms", "minors.csv"), []byte("term\n"), 0o644))
	data, err := fs.ReadFile(files, "terms/minors.csv")
	require.NoError(t, err)
	require.Equal(t, "term\n逃课\n", string(data))
	_, err = sign.Open(files, sign.Policy{Keys: []sign.PublicKey{public}})
	require.NoError(t, err)
}

// The manifest is what sha256sum prints and checks.
func TestSha256sum(t *testing.T) {
	tool, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("sha256sum is not installed")
	}
	secret, _ := keys(t)
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, signed(t, pack("1.4.0"), secret)))
	check := exec.Command(tool, "--check", "--strict", lexicon.ManifestFile)
	check.Dir = dir
	out, err := check.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// A secret key in minisign's encrypted form, and its public key. Its costs are
// the lowest that the form allows: minisign's own take a second and 1 GB.
const (
	encryptedKey = "untrusted comment: minisign encrypted secret key\n" +
		"RWRTY0Iy1f0F6QgpCIN4kDvAaM3T46kinluoR50Yih+7frS1R5wAgAAAAAAAAAAAAAEAAAAAyWEGglT/cZEjD14vujfMDnjIT+BUXjYRzDPmcHv2S3sggq9E8KOOlQ9q5OrdyDQ86aBhie9WZ4+c5P0mFRO+nq4F7oX7KsyvJ68OkaWlNbpsUZ0TYMkMj8VF6ucIdVYW6swvJjXTPz4=\n"
	encryptedKeyPassword = "审校 pass"
	encryptedKeyPublic   = "RWT55i2o9U8qSbaL7QMQOOy+V/5LUK7LyQqaSxz7QviAB34k6duSvDVA"
)

func TestKeys(t *testing.T) {
	secret, public := keys(t)
	require.Equal(t, public, secret.Public())
	for name, text := range map[string]string{
		"line": public.String(), "file": string(public.File()), "blanks": "\n " + public.String() + " \n",
		"crlf": strings.ReplaceAll(string(public.File()), "\n", "\r\n"),
	} {
		got, err := sign.ParsePublicKey(text)
		require.NoError(t, err, name)
		require.Equal(t, public.String(), got.String(), name)
	}
	for _, text := range []string{"", "RW", "house.pub", public.String()[:40], "untrusted comment: x\n"} {
		_, err := sign.ParsePublicKey(text)
		require.ErrorContains(t, err, "sign: not a minisign public key", "%q", text)
	}

	never := func() (string, error) { t.Error("asked for a password"); return "", nil }
	file, err := secret.File("")
	require.NoError(t, err)
	got, err := sign.ReadSecretKey(file, never)
	require.NoError(t, err)
	require.Equal(t, public.String(), got.Public().String())
	_, err = sign.ReadSecretKey(public.File(), never)
	require.ErrorContains(t, err, "sign: not a minisign secret key")

	got, err = sign.ReadSecretKey([]byte(encryptedKey), func() (string, error) { return encryptedKeyPassword, nil })
	require.NoError(t, err)
	require.Equal(t, encryptedKeyPublic, got.Public().String())
	_, err = sign.ReadSecretKey([]byte(encryptedKey), func() (string, error) { return "wrong", nil })
	require.EqualError(t, err, "sign: the password is wrong, or the key file is damaged")
	_, err = sign.ReadSecretKey([]byte(encryptedKey), func() (string, error) { return "", fs.ErrClosed })
	require.ErrorIs(t, err, fs.ErrClosed)
}

func TestLedger(t *testing.T) {
	l := sign.Ledger(filepath.Join(t.TempDir(), "accepted"))
	versions, err := l.Versions()
	require.NoError(t, err)
	require.Empty(t, versions)
	for _, step := range []struct{ id, version, want string }{
		{"house", "1.2.0", "house 1.2.0\n"},
		{"a", "0.1.0", "a 0.1.0\nhouse 1.2.0\n"},
		{"house", "1.10.0", "a 0.1.0\nhouse 1.10.0\n"},
		{"house", "1.9.0", "a 0.1.0\nhouse 1.10.0\n"},
		{"house", "1.10.0", "a 0.1.0\nhouse 1.10.0\n"},
	} {
		require.NoError(t, l.Record(step.id, step.version))
		data, err := os.ReadFile(string(l))
		require.NoError(t, err)
		require.Equal(t, step.want, string(data))
	}
	require.Error(t, l.Record("../x", "1.0.0"))
	require.Error(t, l.Record("x", "1.0"))
	left, err := os.ReadDir(filepath.Dir(string(l)))
	require.NoError(t, err)
	require.Len(t, left, 1, "no temporary file stays")

	for _, damaged := range []string{"house\n", "house 1.2\n", "house 1.2.0\nhouse 1.3.0\n", "house 1.2.", "\n", "house 1.2.0 \n", "house 1.2.1"} {
		require.NoError(t, os.WriteFile(string(l), []byte(damaged), 0o644))
		_, err := l.Versions()
		require.ErrorContains(t, err, "want the id and version of a pack", "%q", damaged)
		require.Error(t, l.Record("house", "9.0.0"), "%q", damaged)
	}
	require.Error(t, sign.Ledger(t.TempDir()).Record("house", "1.0.0"), "a folder")
}
